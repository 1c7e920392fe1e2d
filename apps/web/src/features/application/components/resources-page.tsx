'use client'

import { Skeleton } from '@driftless/ui'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useNarrow } from '#lib/window/use-narrow.ts'
import { useResourceTree } from '../hooks/use-application.ts'
import { useObservedApplication } from '../hooks/use-observed-application.ts'
import { useTreeView } from '../hooks/use-tree-view.ts'
import type { PageProps } from '../logic/page-props.ts'
import { ResourceList } from './resource-list.tsx'
import { ResourcePanel } from './resource-panel.tsx'
import { TreeCanvas } from './tree-canvas.tsx'
import { TreeRefused } from './tree-refused.tsx'

/** The resources of the application as a tree or a list, with the panel of the chosen one. */
export function ResourcesPage(props: PageProps) {
  const { id, application } = props
  // A tree needs room: on a phone the list comes first unless the address asks for the tree.
  const narrow = useNarrow()
  const state = { ...props.state, view: props.state.view ?? (narrow ? ('list' as const) : ('tree' as const)) }
  const tree = useResourceTree(id)
  const observed = useObservedApplication(application)
  const view = useTreeView(application, tree.data, observed)
  const refusal = useRefusal(tree.data === undefined ? tree.error : undefined)
  return (
    <div className="relative flex min-h-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {refusal !== undefined ? (
          <TreeRefused message={refusal.message} onRetry={() => void tree.refetch()} />
        ) : tree.data === undefined ? (
          <div aria-busy="true" className="grid gap-4 p-6">
            <Skeleton height={44} width={192} />
            <Skeleton height={44} width={420} />
          </div>
        ) : state.view === 'tree' ? (
          <TreeCanvas {...props} state={state} view={view} />
        ) : (
          <ResourceList {...props} state={state} nodes={tree.data.nodes} view={view} />
        )}
      </div>
      {state.node === undefined ? null : <ResourcePanel {...props} node={state.node} nodes={tree.data?.nodes ?? []} />}
    </div>
  )
}
