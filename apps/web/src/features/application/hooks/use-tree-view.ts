'use client'

import type { Application, ApplicationTree } from '@driftless/model'
import { layoutTree, type TreeFilter } from '@driftless/resource-tree'
import { useMemo, useState } from 'react'
import { statusesOf } from '../logic/tree-statuses.ts'

/** More nodes than this are grouped by kind unless the reader says otherwise. */
const groupFrom = 150

/** The laid-out tree and the reader's choices about it. */
export function useTreeView(
  application: Application,
  tree: ApplicationTree | undefined,
  shown: { sync: string | undefined; health: string | undefined },
) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set())
  const [grouping, setGrouping] = useState<boolean>()
  const [name, setName] = useState('')
  const nodes = tree?.nodes
  const groupKinds = grouping ?? (nodes?.length ?? 0) > groupFrom
  const resources = application.status?.resources
  const statuses = useMemo(() => statusesOf(resources ?? []), [resources])
  const filter = useMemo<TreeFilter | undefined>(() => (name === '' ? undefined : { name }), [name])
  const layout = useMemo(
    () =>
      layoutTree({
        root: {
          name: application.metadata.name,
          ...(shown.health === undefined ? {} : { health: shown.health }),
          ...(shown.sync === undefined ? {} : { sync: shown.sync }),
        },
        nodes: nodes ?? [],
        statuses,
        collapsed,
        expanded,
        groupKinds,
        ...(filter === undefined ? {} : { filter }),
      }),
    [application.metadata.name, shown.health, shown.sync, nodes, statuses, collapsed, expanded, groupKinds, filter],
  )
  return {
    layout,
    statuses,
    name,
    setName,
    groupKinds,
    setGrouping,
    toggleBranch: (id: string) => setCollapsed((current) => toggled(current, id)),
    toggleGroup: (id: string) => setExpanded((current) => toggled(current, id)),
    expandAll: () => setCollapsed(new Set()),
    collapseAll: () =>
      setCollapsed(new Set(layout.boxes.filter((box) => box.depth > 0 && box.childCount > 0).map((box) => box.id))),
  }
}

export type TreeView = ReturnType<typeof useTreeView>

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set)
  if (!next.delete(id)) next.add(id)
  return next
}
