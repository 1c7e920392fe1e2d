'use client'

import type { ConnectionState } from '@driftless/model'
import { StatusWord } from '@driftless/ui'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { Since } from '#lib/time/since.tsx'

/** Whether the last contact worked, how long ago it was, and the reason when it did not. */
export function ConnectionWord({ state }: { readonly state: ConnectionState | undefined }) {
  const t = useTranslate()
  const age = state?.attemptedAt === undefined ? null : <Since at={state.attemptedAt} form="ago" />
  if (state?.status === 'Successful') {
    return (
      <span className="flex items-center gap-2">
        <StatusWord tone="synced">{t('connection.Successful')}</StatusWord>
        {age}
      </span>
    )
  }
  if (state?.status === 'Failed') {
    return (
      <span className="block min-w-0">
        <span className="flex items-center gap-2">
          <StatusWord icon="failed" tone="degraded">
            {t('connection.Failed')}
          </StatusWord>
          {age}
        </span>
        <span className="block truncate text-12 text-text-2" title={state.message}>
          {state.message}
        </span>
      </span>
    )
  }
  return (
    <span className="flex items-center gap-2">
      <StatusWord tone="unknown">{t('connection.Unknown')}</StatusWord>
      <span className="truncate text-12 text-text-3">
        {state?.message === undefined || state.message === '' ? t('connection.notTried') : state.message}
      </span>
    </span>
  )
}
