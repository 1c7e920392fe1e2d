'use client'

import type { ApplicationPage } from '@driftless/contract'
import { HealthBar, StatusIcon } from '@driftless/ui'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { healthOrder, presentHealth } from '#lib/status/tones.ts'

/** How many of the applications in sight are how healthy. */
export function HealthSummary({ facets }: { readonly facets: ApplicationPage['facets'] | undefined }) {
  const t = useTranslate()
  const counts = new Map((facets?.health ?? []).map((facet) => [facet.value, facet.count]))
  const parts = healthOrder.map((status) => ({ ...presentHealth(status), count: counts.get(status) ?? 0 }))
  return (
    <section className="grid gap-2 px-4 pt-3.5 pb-2.5">
      <HealthBar
        label={t('list.health')}
        parts={parts.map((part) => ({ tone: part.tone, label: t(part.key), count: part.count }))}
      />
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-text-2">
        {parts.map((part) => (
          <li className="flex items-center gap-[5px]" key={part.tone}>
            <StatusIcon icon={part.icon} size={14} tone={part.tone} />
            {t(part.key)}
            <b className="ml-0.5 font-medium text-text">{part.count}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}
