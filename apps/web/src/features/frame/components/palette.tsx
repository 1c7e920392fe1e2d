'use client'

import { Spotlight } from '@driftless/ui'
import { useState } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { useShortcut } from '#lib/keyboard/use-shortcut.ts'
import { PaletteBox } from './palette-box.tsx'

/** The command palette: applications and actions by name; opens with Ctrl+K or ⌘K. */
export function Palette() {
  const t = useTranslate()
  const [open, setOpen] = useState(false)
  useShortcut('k', () => setOpen(true), { control: true })
  return (
    <Spotlight onOpenChange={setOpen} open={open} title={t('palette.title')}>
      <PaletteBox onDone={() => setOpen(false)} />
    </Spotlight>
  )
}
