'use client'

import { Dot } from '@driftless/ui'
import { useTranslate } from '../i18n/use-translate.ts'
import { useLive } from './provider.tsx'

/** Says whether the page follows the server. */
export function LiveIndicator() {
  const t = useTranslate()
  const state = useLive()
  const dot = state === 'live' ? 'ok' : state === 'paused' ? 'warn' : 'off'
  return (
    <span
      aria-live="polite"
      className="inline-flex flex-none items-center gap-1.5 whitespace-nowrap text-12 text-text-3 max-sm:[&>span:last-child]:sr-only"
      data-testid="live-state"
    >
      <Dot state={dot} />
      <span>{t(`live.${state}`)}</span>
    </span>
  )
}
