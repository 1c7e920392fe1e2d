import { matchesWildcards } from '@driftless/foundation'
import type { Forest } from './forest.ts'
import type { ManagedStatus, TreeFilter } from './tree-layout.ts'

/** Marks what a filter leaves: each match, and its ancestors so that the way to it stays visible. */
export function applyFilter(
  forest: Forest,
  filter: TreeFilter | undefined,
  statuses: Readonly<Record<string, ManagedStatus>>,
): Uint8Array {
  const kept = new Uint8Array(forest.nodes.length)
  if (filter === undefined || isEmpty(filter)) return kept.fill(1)
  const matchesName = nameMatcher(filter.name ?? '')
  const wanted = (list: readonly string[] | undefined, value: string | undefined) =>
    list === undefined || list.length === 0 || (value !== undefined && list.includes(value))
  for (let at = forest.order.length - 1; at >= 0; at -= 1) {
    const index = forest.order[at] ?? 0
    const node = forest.nodes[index]
    if (node === undefined) continue
    const matches =
      matchesName(node.name) &&
      wanted(filter.kinds, node.kind) &&
      wanted(filter.sync, statuses[forest.keys[index] ?? '']?.sync) &&
      wanted(filter.health, node.health?.status) &&
      wanted(filter.namespaces, node.namespace ?? '')
    if (matches) kept[index] = 1
    const parent = forest.parents[index] ?? -1
    if (kept[index] === 1 && parent >= 0) kept[parent] = 1
  }
  return kept
}

function isEmpty(filter: TreeFilter): boolean {
  const lists = [filter.kinds, filter.sync, filter.health, filter.namespaces]
  return (filter.name ?? '') === '' && lists.every((list) => list === undefined || list.length === 0)
}

/** Matches a part of a name, or the whole of it when the pattern has `*` or `?`. */
export function nameMatcher(pattern: string): (name: string) => boolean {
  const wanted = pattern.trim().toLowerCase()
  if (wanted === '') return () => true
  if (!/[*?]/.test(wanted)) return (name) => name.toLowerCase().includes(wanted)
  return (name) => matchesWildcards(wanted, name.toLowerCase())
}
