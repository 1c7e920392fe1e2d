import { formatGroupKind } from '@driftless/kube-objects'
import type { Forest } from './forest.ts'

/** More siblings of one kind than this are always one box. */
export const groupLimit = 50

/** Kinds whose instances differ too much below them to stand in one box because someone asked for groups. */
const workloads = new Set([
  'Application',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Rollout',
  'Job',
  'CronJob',
])

/** Siblings that are drawn as one box. */
export interface Bundle {
  readonly type: 'resource' | 'group' | 'pods'
  readonly members: readonly number[]
  /** Set for groups and boxes of pods, and for members taken out of an expanded one. */
  readonly groupId?: string
}

export interface GroupingOptions {
  readonly groupKinds: boolean
  readonly podGroupCount: number
  readonly expanded: ReadonlySet<string>
}

/** Divides ordered siblings into boxes; a box stands where its first member stood. */
export function groupSiblings(
  request: { parentId: string; siblings: readonly number[]; forest: Forest; red: Uint8Array },
  options: GroupingOptions,
): Bundle[] {
  const { siblings, forest } = request
  const byKind = new Map<string, number[]>()
  const kinds = siblings.map((index) => {
    const node = forest.nodes[index]
    return formatGroupKind({ group: node?.group ?? '', kind: node?.kind ?? '' })
  })
  siblings.forEach((index, at) => {
    const kind = kinds[at] ?? ''
    const list = byKind.get(kind)
    if (list === undefined) byKind.set(kind, [index])
    else list.push(index)
  })
  const bundles = new Map<number, Bundle>()
  for (const [kind, members] of byKind) {
    for (const bundle of bundleKind({ ...request, kind, members }, options)) bundles.set(bundle.members[0] ?? 0, bundle)
  }
  return siblings.flatMap((index) => bundles.get(index) ?? [])
}

function bundleKind(
  request: { parentId: string; kind: string; members: readonly number[]; forest: Forest; red: Uint8Array },
  options: GroupingOptions,
): Bundle[] {
  const { members, kind } = request
  const groupId = `group:${request.parentId}:${kind}`
  const single = (index: number): Bundle => ({ type: 'resource', members: [index] })
  const type = kind === 'Pod' && members.length > options.podGroupCount ? 'pods' : 'group'
  const together = type === 'pods' ? [...members] : membersToGroup(request, options)
  if (together.length < 2) return members.map(single)
  const grouped = new Set(together)
  const apart = members.filter((index) => !grouped.has(index)).map(single)
  if (options.expanded.has(groupId)) return [...apart, ...together.map((index) => ({ ...single(index), groupId }))]
  return [...apart, { type, members: together, groupId }]
}

/** Red members stay visible by themselves unless there are too many of them. */
function membersToGroup(
  { members, forest, red }: { members: readonly number[]; forest: Forest; red: Uint8Array },
  options: GroupingOptions,
): number[] {
  const calm = members.filter((index) => red[index] !== 1)
  if (members.length > groupLimit) return members.length - calm.length > groupLimit ? [...members] : calm
  if (!options.groupKinds) return []
  return calm.filter((index) => !workloads.has(forest.nodes[index]?.kind ?? '') || isLeaf(forest, index))
}

function isLeaf(forest: Forest, index: number): boolean {
  return (forest.children[index]?.length ?? 0) === 0 && forest.nodes[index]?.kind !== 'Deployment'
}
