'use client'

import { Banner } from '@driftless/ui'
import type { Refusal } from '#lib/api/refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'

/** Says why no plan could be made, in the server's words. */
export function PlanRefused({ refusal }: { readonly refusal: Refusal }) {
  const t = useTranslate()
  return (
    <Banner icon="error" title={t('plan.refused')} tone="degraded">
      <span className="whitespace-pre-wrap">{refusal.message}</span>
    </Banner>
  )
}
