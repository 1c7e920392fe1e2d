'use client'

import { EmptyState, Icon, Panel } from '@driftless/ui'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { Since } from '#lib/time/since.tsx'
import { severityOf } from '../logic/conditions.ts'
import type { PageProps } from '../logic/page-props.ts'

/** What is wrong with the application itself, in the server's words. */
export function ConditionsPanel({ application, change }: PageProps) {
  const t = useTranslate()
  const conditions = application.status?.conditions ?? []
  return (
    <Panel
      closeLabel={t('action.close')}
      onClose={() => change({ conditions: undefined })}
      open
      title={t('status.conditions')}
    >
      {conditions.length === 0 ? <EmptyState icon="healthy" title={t('status.noConditions')} /> : null}
      <ul className="px-5 py-2">
        {conditions.map((condition) => {
          const severe = severityOf(condition) === 'error'
          return (
            <li
              className="flex items-start gap-2.5 border-line border-b py-3 last:border-0"
              key={`${condition.type}-${condition.message}`}
            >
              <Icon
                className={severe ? 'mt-0.5 text-degraded-fg' : 'mt-0.5 text-outofsync-fg'}
                name={severe ? 'error' : 'warn'}
              />
              <div className="min-w-0 flex-1">
                <div className="font-medium">{condition.type}</div>
                <p className="whitespace-pre-wrap break-words text-text-2">{condition.message}</p>
              </div>
              {condition.lastTransitionTime === undefined ? null : (
                <Since at={condition.lastTransitionTime} form="ago" />
              )}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
