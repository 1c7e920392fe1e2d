'use client'

import type { ObjectKey } from '@driftless/kube-objects'
import { EmptyState, Icon, Skeleton } from '@driftless/ui'
import { useQuery } from '@tanstack/react-query'
import { api } from '#lib/api/client.ts'
import { type AppId, keys } from '#lib/api/keys.ts'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { Since } from '#lib/time/since.tsx'

/** Events are asked for again this often (ms): they are not in the change stream. */
const pollEvery = 5_000

/** What the cluster reported of an object, or of the application when no object is given; newest first. */
export function EventsTab({
  id,
  node,
  uid,
}: {
  readonly id: AppId
  readonly node?: ObjectKey
  readonly uid: string | undefined
}) {
  const t = useTranslate()
  const events = useQuery({
    queryKey: keys.events(id, node === undefined ? '' : `${node.kind}/${node.namespace}/${node.name}`),
    queryFn: async ({ signal }) => {
      const about =
        node === undefined ? {} : { resourceNamespace: node.namespace, resourceName: node.name, resourceUID: uid }
      const { items } = await api.call('listEvents', {
        params: { name: id.name },
        query: { appNamespace: id.namespace, ...about },
        signal,
      })
      return items.sort((a, b) => timeOf(b).localeCompare(timeOf(a)))
    },
    refetchInterval: pollEvery,
  })
  const refusal = useRefusal(events.data === undefined ? events.error : undefined)
  if (refusal !== undefined)
    return (
      <EmptyState icon="error" title={t('events.unread')}>
        {refusal.message}
      </EmptyState>
    )
  if (events.data === undefined)
    return (
      <div className="p-4">
        <Skeleton width="60%" />
      </div>
    )
  if (events.data.length === 0)
    return (
      <EmptyState icon="bell" title={t('events.none')}>
        {t('events.noneHint')}
      </EmptyState>
    )
  return (
    <ul className="grid px-4 py-2">
      {events.data.map((event) => (
        <li
          className="flex items-start gap-2 border-line border-b py-2 last:border-0"
          key={event.metadata.uid ?? event.metadata.name}
        >
          <Icon
            className={event.type === 'Warning' ? 'mt-0.5 text-outofsync-fg' : 'mt-0.5 text-text-3'}
            name={event.type === 'Warning' ? 'warn' : 'info'}
          />
          <div className="min-w-0 flex-1">
            <span className="font-medium">{event.reason}</span>{' '}
            <span className="break-words text-text-2">{event.message}</span>
          </div>
          <span className="whitespace-nowrap text-12 text-text-3">
            {(event.count ?? 1) > 1 ? `×${event.count} · ` : ''}
            {timeOf(event) === '' ? null : <Since at={timeOf(event)} form="ago" />}
          </span>
        </li>
      ))}
    </ul>
  )
}

function timeOf(event: {
  lastTimestamp?: string | null | undefined
  metadata: { creationTimestamp?: string | undefined }
}): string {
  return event.lastTimestamp ?? event.metadata.creationTimestamp ?? ''
}
