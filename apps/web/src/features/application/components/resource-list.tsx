'use client'

import { formatGroupKind, formatKey } from '@driftless/kube-objects'
import type { ResourceNode } from '@driftless/model'
import { classNames, EmptyState, KindIcon, Tag } from '@driftless/ui'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { HealthWord, SyncWord } from '#lib/status/words.tsx'
import { Since } from '#lib/time/since.tsx'
import type { TreeView } from '../hooks/use-tree-view.ts'
import { listNodes } from '../logic/list-nodes.ts'
import { nodeKey } from '../logic/node-key.ts'
import type { PageProps } from '../logic/page-props.ts'
import { nodeParam } from '../logic/page-url.ts'
import { TreeToolbar } from './tree-toolbar.tsx'

const columns =
  'grid grid-cols-[minmax(120px,1fr)_auto] md:grid-cols-[minmax(200px,1.6fr)_minmax(120px,1fr)_60px_120px_80px_220px] items-center gap-x-3 px-4'

/** The resources as rows. */
export function ResourceList({
  application,
  state,
  change,
  nodes,
  view,
}: PageProps & { readonly nodes: readonly ResourceNode[]; readonly view: TreeView }) {
  const t = useTranslate()
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => listNodes(nodes, view.name), [nodes, view.name])
  const waves = useMemo(
    () =>
      new Map(
        (application.status?.resources ?? []).map((resource) => [formatKey(nodeKey(resource)), resource.syncWave ?? 0]),
      ),
    [application.status?.resources],
  )
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 36,
    overscan: 20,
    initialRect: { width: 1200, height: 800 },
  })
  return (
    <>
      <TreeToolbar change={change} state={state} view={view} />
      <div className="min-h-0 flex-1 overflow-y-auto" ref={scroller}>
        <div
          className={classNames(
            columns,
            'sticky top-0 z-10 h-8 border-line border-b bg-bg font-medium text-12 text-text-3 max-md:hidden',
          )}
        >
          <span>{t('column.name')}</span>
          <span>{t('column.kind')}</span>
          <span>{t('column.wave')}</span>
          <span>{t('column.namespace')}</span>
          <span>{t('column.age')}</span>
          <span>{t('column.status')}</span>
        </div>
        {rows.length === 0 ? (
          <EmptyState icon="list" title={t(view.name === '' ? 'tree.empty' : 'tree.noMatch')} />
        ) : null}
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const node = rows[item.index]
            if (node === undefined) return null
            const key = nodeKey(node)
            const status = view.statuses[formatKey(key)]
            const chosen = state.node !== undefined && formatKey(state.node) === formatKey(key)
            return (
              <button
                className={classNames(
                  columns,
                  'absolute top-0 left-0 h-9 w-full cursor-pointer border-line border-b text-left hover:bg-hover',
                  chosen && 'bg-accent-bg',
                )}
                data-testid={`node-${node.kind}-${node.namespace ?? ''}-${node.name}`}
                key={item.key}
                onClick={() => change({ node: nodeParam(key), tab: undefined }, 'push')}
                style={{ transform: `translateY(${item.start}px)` }}
                type="button"
              >
                <span className="flex min-w-0 items-center gap-2">
                  <KindIcon className="text-text-3" kind={node.kind} />
                  <span className="truncate font-medium">{node.name}</span>
                  {status?.hook === true ? <Tag>{t('tree.hook')}</Tag> : null}
                </span>
                <span className="truncate text-text-2 max-md:hidden">{formatGroupKind(key)}</span>
                <span className="text-text-3 max-md:hidden">{waves.get(formatKey(key)) ?? ''}</span>
                <span className="truncate text-text-2 max-md:hidden">{node.namespace}</span>
                <span className="max-md:hidden">
                  {node.createdAt === undefined ? null : <Since at={node.createdAt} />}
                </span>
                <span className="flex gap-3">
                  {status?.sync === undefined ? null : <SyncWord status={status.sync} />}
                  {node.health?.status === undefined ? null : (
                    <HealthWord status={node.health.status} title={node.health.message} />
                  )}
                </span>
              </button>
            )
          })}
        </div>
      </div>
    </>
  )
}
