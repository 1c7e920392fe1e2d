import { formatKey } from '@driftless/kube-objects'
import type { ResourceNode, ResourceReference } from '@driftless/model'

/** The nodes of a tree with their places in it; all lists run over node indexes. */
export interface Forest {
  readonly nodes: readonly ResourceNode[]
  /** `formatKey` of each node. */
  readonly keys: readonly string[]
  /** Index of each node's parent, -1 for those under the root. */
  readonly parents: Int32Array
  readonly children: readonly (readonly number[])[]
  /** Indexes of the nodes right under the root. */
  readonly roots: readonly number[]
  /** All indexes, parents before their children. */
  readonly order: readonly number[]
}

/** `formatKey` of a reference. */
export function keyOfReference(reference: ResourceReference): string {
  const { group = '', kind, namespace = '', name } = reference
  return formatKey({ group, kind, namespace, name })
}

/** Links nodes by their parent references; a node whose parents are all unknown, or that is its own ancestor, goes under the root. */
export function buildForest(nodes: readonly ResourceNode[]): Forest {
  const keys = nodes.map(keyOfReference)
  const parents = linkParents(nodes, keys)
  const children: number[][] = nodes.map(() => [])
  const roots: number[] = []
  for (let index = 0; index < nodes.length; index += 1) {
    const parent = parents[index] ?? -1
    if (parent < 0) roots.push(index)
    else children[parent]?.push(index)
  }
  const order = breakCycles({ parents, children, roots, count: nodes.length })
  return { nodes, keys, parents, children, roots, order }
}

function linkParents(nodes: readonly ResourceNode[], keys: readonly string[]): Int32Array {
  const byUid = new Map<string, number>()
  const byKey = new Map<string, number>()
  nodes.forEach((node, index) => {
    if (node.uid !== undefined && node.uid !== '') byUid.set(node.uid, index)
    byKey.set(keys[index] ?? '', index)
  })
  const find = (reference: ResourceReference) =>
    (reference.uid === undefined ? undefined : byUid.get(reference.uid)) ?? byKey.get(keyOfReference(reference))
  const parents = new Int32Array(nodes.length).fill(-1)
  nodes.forEach((node, index) => {
    for (const reference of node.parentRefs ?? []) {
      const parent = find(reference)
      if (parent === undefined || parent === index) continue
      parents[index] = parent
      break
    }
  })
  return parents
}

function breakCycles(forest: { parents: Int32Array; children: number[][]; roots: number[]; count: number }): number[] {
  const seen = new Uint8Array(forest.count)
  const order: number[] = []
  const visit = (start: number) => {
    const queue = [start]
    seen[start] = 1
    for (let at = 0; at < queue.length; at += 1) {
      const index = queue[at] ?? 0
      order.push(index)
      for (const child of forest.children[index] ?? []) {
        if (seen[child] === 1) continue
        seen[child] = 1
        queue.push(child)
      }
    }
  }
  for (const root of forest.roots) visit(root)
  for (let index = 0; index < forest.count; index += 1) {
    if (seen[index] === 1) continue
    const siblings = forest.children[forest.parents[index] ?? -1]
    siblings?.splice(siblings.indexOf(index), 1)
    forest.parents[index] = -1
    forest.roots.push(index)
    visit(index)
  }
  return order
}
