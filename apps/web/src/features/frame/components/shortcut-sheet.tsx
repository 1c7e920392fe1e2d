'use client'

import { Button, Dialog, Kbd } from '@driftless/ui'
import { useState } from 'react'
import type { MessageKey } from '#lib/i18n/translate.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { useShortcut } from '#lib/keyboard/use-shortcut.ts'

const shortcuts: readonly { readonly keys: readonly string[]; readonly label: MessageKey }[] = [
  { keys: ['/'], label: 'shortcut.search' },
  { keys: ['Ctrl', 'K'], label: 'shortcut.palette' },
  { keys: ['↑', '↓', '←', '→'], label: 'shortcut.move' },
  { keys: ['Enter'], label: 'shortcut.open' },
  { keys: ['Esc'], label: 'shortcut.close' },
  { keys: ['?'], label: 'shortcut.sheet' },
]

/** Lists the keys of the console; opens with `?`. */
export function ShortcutSheet() {
  const t = useTranslate()
  const [open, setOpen] = useState(false)
  useShortcut('?', () => setOpen(true))
  return (
    <Dialog
      footer={<Button onClick={() => setOpen(false)}>{t('action.close')}</Button>}
      onClose={() => setOpen(false)}
      open={open}
      title={t('shortcut.title')}
    >
      <dl className="grid gap-2">
        {shortcuts.map((shortcut) => (
          <div className="flex items-center justify-between" key={shortcut.label}>
            <dt>{t(shortcut.label)}</dt>
            <dd className="flex gap-1">
              {shortcut.keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
