import { type HealthStatusCode, isWorseHealth } from '@driftless/model'
import { applyFilter } from './filter.ts'
import { buildForest, type Forest } from './forest.ts'
import { type Bundle, groupSiblings } from './grouping.ts'
import { placeBoxes } from './placement.ts'
import { compareSiblings, siblingRank } from './sibling-order.ts'
import { type ManagedStatus, measures, type TreeBox, type TreeLayout, type TreeRequest } from './tree-layout.ts'

/** Id of the application's own box. */
export const rootId = 'application'

interface Context {
  readonly forest: Forest
  readonly kept: Uint8Array
  readonly red: Uint8Array
  readonly request: TreeRequest
  readonly statuses: Readonly<Record<string, ManagedStatus>>
  readonly ids: Set<string>
  /** Boxes, parents before children and siblings in order, with the ids of the drawn children of each. */
  readonly boxes: TreeBox[]
}

/** Lays a tree out from left to right in linear time: boxes and edges as data, siblings grouped, the way to what is degraded in red. */
export function layoutTree(request: TreeRequest): TreeLayout {
  const forest = buildForest(request.nodes)
  const statuses = request.statuses ?? {}
  const kept = applyFilter(forest, request.filter, statuses)
  const red = markRed(forest, kept)
  const context: Context = { forest, kept, red, request, statuses, ids: new Set([rootId]), boxes: [] }
  const root = applicationBox(context)
  context.boxes.push(root)
  addChildren(context, root)
  const redPaths = context.boxes.filter((box) => box.parent === rootId && box.red).length
  return { ...placeBoxes(context.boxes), redPaths }
}

/** A node is red when it is degraded or something below it is. */
function markRed(forest: Forest, kept: Uint8Array): Uint8Array {
  const red = new Uint8Array(forest.nodes.length)
  for (let at = forest.order.length - 1; at >= 0; at -= 1) {
    const index = forest.order[at] ?? 0
    if (kept[index] !== 1) continue
    if (forest.nodes[index]?.health?.status === 'Degraded') red[index] = 1
    const parent = forest.parents[index] ?? -1
    if (red[index] === 1 && parent >= 0) red[parent] = 1
  }
  return red
}

function applicationBox({ request, forest, red }: Context): TreeBox {
  const { name: _, ...status } = request.root
  return {
    id: rootId,
    type: 'application',
    ...boxShape(measures.nodeHeight),
    depth: 0,
    red: request.root.health === 'Degraded' || forest.roots.some((index) => red[index] === 1),
    childCount: 0,
    collapsed: request.collapsed?.has(rootId) ?? false,
    ...status,
  }
}

function addChildren(context: Context, root: TreeBox): void {
  const { forest } = context
  const pending: { box: TreeBox; siblings: readonly number[] }[] = [{ box: root, siblings: forest.roots }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const bundles = bundlesOf(context, next.box.id, next.siblings)
    next.box.childCount = bundles.length
    if (bundles.length === 0) next.box.collapsed = false
    if (next.box.collapsed) continue
    for (const bundle of bundles) {
      const box = boxOf(context, bundle, next.box)
      context.boxes.push(box)
      const below = bundle.members.flatMap((index) => forest.children[index] ?? [])
      if (below.length > 0) pending.push({ box, siblings: below })
    }
  }
}

function bundlesOf(context: Context, parentId: string, siblings: readonly number[]): Bundle[] {
  const { forest, kept, red, request } = context
  const ranked = siblings
    .filter((index) => kept[index] === 1)
    .flatMap((index) => {
      const node = forest.nodes[index]
      return node === undefined ? [] : [{ index, rank: siblingRank(node, red[index] === 1) }]
    })
    .sort((a, b) => compareSiblings(a.rank, b.rank))
  return groupSiblings(
    { parentId, siblings: ranked.map(({ index }) => index), forest, red },
    {
      groupKinds: request.groupKinds ?? false,
      podGroupCount: request.podGroupCount ?? 15,
      expanded: request.expanded ?? new Set(),
    },
  )
}

function boxOf(context: Context, bundle: Bundle, parent: TreeBox): TreeBox {
  const { forest, red, request } = context
  const nodes = bundle.members.flatMap((index) => forest.nodes[index] ?? [])
  const id = bundle.type === 'resource' ? resourceId(context, bundle) : (bundle.groupId ?? '')
  const rows = Math.ceil(nodes.length / measures.podsPerRow)
  return {
    id,
    type: bundle.type,
    ...(bundle.type === 'resource' ? { node: nodes[0] } : { nodes }),
    ...boxShape(bundle.type === 'pods' ? measures.podsHead + rows * measures.podsRow : measures.nodeHeight),
    depth: parent.depth + 1,
    parent: parent.id,
    red: bundle.members.some((index) => red[index] === 1),
    childCount: 0,
    collapsed: request.collapsed?.has(id) ?? false,
    ...statusOf(context, bundle),
    ...(bundle.groupId === undefined ? {} : { groupId: bundle.groupId }),
  }
}

/** The key of the node; two nodes of one key are told apart by uid. */
function resourceId({ forest, ids }: Context, bundle: Bundle): string {
  const index = bundle.members[0] ?? 0
  const key = forest.keys[index] ?? ''
  let id = key
  if (ids.has(id)) id = `${key}#${forest.nodes[index]?.uid ?? index}`
  while (ids.has(id)) id = `${id}#${index}`
  ids.add(id)
  return id
}

function statusOf({ forest, statuses }: Context, bundle: Bundle): Partial<TreeBox> {
  const result: Partial<TreeBox> = {}
  let health: HealthStatusCode | undefined
  for (const index of bundle.members) {
    const managed = statuses[forest.keys[index] ?? '']
    const own = forest.nodes[index]?.health?.status
    if (own !== undefined && (health === undefined || isWorseHealth(own, health))) health = own
    if (managed?.sync !== undefined && (result.sync === undefined || managed.sync !== 'Synced'))
      result.sync = managed.sync
    if (managed?.hook === true) result.hook = true
    if (managed?.requiresPruning === true) result.requiresPruning = true
  }
  return health === undefined ? result : { ...result, health }
}

function boxShape(height: number): { x: number; y: number; width: number; height: number } {
  return { x: 0, y: 0, width: measures.nodeWidth, height }
}
