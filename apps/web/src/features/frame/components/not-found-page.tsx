'use client'

import { EmptyState, Mark } from '@driftless/ui'
import Link from 'next/link'
import { useTranslate } from '#lib/i18n/use-translate.ts'

/** Nothing is at this address. */
export function NotFoundPage() {
  const t = useTranslate()
  return (
    <main className="grid min-h-dvh place-items-center bg-sunken">
      <div className="grid justify-items-center">
        <Mark size={40} />
        <EmptyState
          actions={
            <Link className="font-medium text-accent-text hover:underline" href="/applications">
              {t('notFound.back')}
            </Link>
          }
          icon="search"
          title={t('notFound.title')}
        >
          {t('notFound.text')}
        </EmptyState>
      </div>
    </main>
  )
}
