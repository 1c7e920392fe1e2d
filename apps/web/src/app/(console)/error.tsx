'use client'

import { Button, EmptyState } from '@driftless/ui'
import { useTranslate } from '#lib/i18n/use-translate.ts'

/** Stands in for a page that failed to draw; what failed is named, and trying again is one click. */
export default function ErrorPage({ error, reset }: { readonly error: Error; readonly reset: () => void }) {
  const t = useTranslate()
  return (
    <EmptyState
      actions={
        <Button icon="refresh" onClick={reset}>
          {t('action.tryAgain')}
        </Button>
      }
      icon="error"
      title={t('error.page')}
    >
      {error.message}
    </EmptyState>
  )
}
