import type { ResourceNode } from '@driftless/model'

/** Which nodes are wanted; fields that are absent or empty do not filter. */
export interface TreeFilter {
  /** Part of the name, or a glob when it has `*` or `?`; case does not matter. */
  name?: string
  /** Kinds, e.g. `Pod`. */
  kinds?: string[]
  sync?: string[]
  health?: string[]
  namespaces?: string[]
}

/** What is known of a managed resource besides its node. */
export interface ManagedStatus {
  sync?: string
  hook?: boolean
  requiresPruning?: boolean
}

export interface TreeRequest {
  root: { name: string; health?: string; sync?: string }
  nodes: readonly ResourceNode[]
  /** Managed resources by `formatKey`. */
  statuses?: Readonly<Record<string, ManagedStatus>>
  /** Ids of boxes whose children are hidden. */
  collapsed?: ReadonlySet<string>
  /** Ids of groups whose members are drawn one by one. */
  expanded?: ReadonlySet<string>
  /** Puts siblings of one kind into one box. */
  groupKinds?: boolean
  /** More pods than this under one parent become one box of squares; default 15. */
  podGroupCount?: number
  filter?: TreeFilter
}

/** One box of a drawn tree; lengths are CSS pixels. */
export interface TreeBox {
  id: string
  type: 'application' | 'resource' | 'group' | 'pods'
  node?: ResourceNode
  /** Members of a group or of a box of pods. */
  nodes?: ResourceNode[]
  x: number
  y: number
  width: number
  height: number
  depth: number
  parent?: string
  /** True when the box or something below it is degraded. */
  red: boolean
  /** Boxes below it, drawn or hidden. */
  childCount: number
  collapsed: boolean
  sync?: string
  health?: string
  hook?: boolean
  requiresPruning?: boolean
  /** The group that the box was taken out of, when that group is expanded. */
  groupId?: string
}

export interface TreeEdge {
  from: string
  to: string
  red: boolean
  points: { x: number; y: number }[]
}

/** A drawn tree as data. */
export interface TreeLayout {
  width: number
  height: number
  boxes: TreeBox[]
  edges: TreeEdge[]
  /** Branches of the root that hold something degraded. */
  redPaths: number
}

/** Measures of the drawing in CSS pixels. */
export const measures = {
  nodeWidth: 192,
  nodeHeight: 44,
  columnGap: 36,
  rowGap: 12,
  margin: 16,
  /** A box of pods: ten squares a row under its title. */
  podsPerRow: 10,
  podsHead: 38,
  podsRow: 13,
} as const
