'use client'

import { formatKey } from '@driftless/kube-objects'
import type { Application, ResourceNode } from '@driftless/model'
import { Banner, StatusWord } from '@driftless/ui'
import type { ReactNode } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { usePreferences } from '#lib/preferences/provider.tsx'
import { HealthWord, SyncWord } from '#lib/status/words.tsx'
import { absoluteTime } from '#lib/time/age.ts'
import { Since } from '#lib/time/since.tsx'
import type { ResourceView } from '../hooks/use-resource.ts'
import { nodeKey } from '../logic/node-key.ts'
import { nodeParam } from '../logic/page-url.ts'
import { containerStates, resourceFacts } from '../logic/resource-facts.ts'

export interface ResourceSummaryProps {
  readonly application: Application
  readonly resource: ResourceView
  readonly nodes: readonly ResourceNode[]
  readonly onOpen: (param: string) => void
}

/** What an object is and how it does; the reason first when it is not well. */
export function ResourceSummary({ application, resource, nodes, onOpen }: ResourceSummaryProps) {
  const t = useTranslate()
  const { language } = usePreferences()
  const { node, live, key } = resource
  const status = application.status?.resources?.find((each) => formatKey(nodeKey(each)) === formatKey(key))
  const health = node?.health ?? status?.health
  const created = node?.createdAt
  const owners = (node?.parentRefs ?? []).filter((parent) =>
    nodes.some((each) => formatKey(nodeKey(each)) === formatKey(nodeKey(parent))),
  )
  const bad = health?.status === 'Degraded' && health.message !== undefined && health.message !== ''
  return (
    <div className="grid gap-4 p-4">
      {bad ? (
        <Banner title={t('summary.degraded', { kind: key.kind })} tone="degraded">
          <code className="break-words font-mono text-[11.5px]">{health.message}</code>
        </Banner>
      ) : null}
      {status?.requiresPruning === true ? <Banner icon="trash" title={t('summary.prune')} tone="degraded" /> : null}
      <dl className="grid grid-cols-[84px_minmax(0,1fr)] gap-x-3 gap-y-1.5 [&_dt]:text-text-3">
        {status?.status === undefined ? null : (
          <Fact label={t('summary.sync')}>
            <SyncWord status={status.status} />
          </Fact>
        )}
        {health?.status === undefined ? null : (
          <Fact label={t('summary.health')}>
            <HealthWord status={health.status} />{' '}
            <span className="text-12 text-text-3">{bad ? '' : health.message}</span>
          </Fact>
        )}
        {created === undefined ? null : (
          <Fact label={t('summary.created')}>
            <Since at={created} form="ago" /> <span className="text-text-3">· {absoluteTime(created, language)}</span>
          </Fact>
        )}
        {owners.map((owner) => (
          <Fact key={owner.name} label={t('summary.owner')}>
            <button
              className="cursor-pointer break-all text-left text-accent-text hover:underline"
              onClick={() => onOpen(nodeParam(nodeKey(owner)))}
              type="button"
            >
              {owner.kind} {owner.name}
            </button>
          </Fact>
        ))}
        {(node?.images ?? []).map((image) => (
          <Fact key={image} label={t('summary.image')}>
            <code className="break-all font-mono text-12">{image}</code>
          </Fact>
        ))}
        {resourceFacts(node, live).map((fact) => (
          <Fact
            key={typeof fact.name === 'string' ? fact.name : fact.name.text}
            label={typeof fact.name === 'string' ? t(fact.name) : fact.name.text}
          >
            <span className="break-words">{fact.value}</span>
          </Fact>
        ))}
      </dl>
      <Containers live={live} />
    </div>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}

function Containers({ live }: { readonly live: Record<string, unknown> | undefined }) {
  const t = useTranslate()
  const containers = containerStates(live)
  if (containers.length === 0) return null
  return (
    <section>
      <h3 className="border-line border-b pb-1 font-semibold text-12">{t('summary.containers')}</h3>
      {containers.map((container) => (
        <div
          className="grid grid-cols-[96px_minmax(0,1fr)_auto] items-center gap-2 border-line border-b py-1.5"
          key={container.name}
        >
          <span className="truncate font-medium">{container.name}</span>
          <span className="min-w-0 truncate" title={container.detail}>
            <StatusWord tone={container.tone}>{container.state}</StatusWord>{' '}
            <span className="text-12 text-text-3">{container.unready ? t('summary.unready') : container.detail}</span>
          </span>
          <span className={container.restarts > 0 ? 'text-12 text-text' : 'text-12 text-text-3'}>
            {t('summary.restarts', { n: container.restarts })}
          </span>
        </div>
      ))}
    </section>
  )
}
