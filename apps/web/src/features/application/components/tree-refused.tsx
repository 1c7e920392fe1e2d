'use client'

import { Button, EmptyState } from '@driftless/ui'
import { useTranslate } from '#lib/i18n/use-translate.ts'

/** Stands where the tree would when it could not be read. */
export function TreeRefused({ message, onRetry }: { readonly message: string; readonly onRetry: () => void }) {
  const t = useTranslate()
  return (
    <EmptyState
      actions={
        <Button icon="refresh" onClick={onRetry}>
          {t('action.tryAgain')}
        </Button>
      }
      icon="error"
      title={t('tree.unread')}
    >
      {message}
    </EmptyState>
  )
}
