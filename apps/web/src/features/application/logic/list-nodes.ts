import type { ResourceNode } from '@driftless/model'
import { globMatches } from './name-filter.ts'

/** Nodes as rows: those that match the words, by kind and name. */
export function listNodes(nodes: readonly ResourceNode[], words: string): ResourceNode[] {
  const wanted = words.trim().toLowerCase()
  return nodes
    .filter(
      (node) =>
        wanted === '' ||
        globMatches(wanted, node.name) ||
        node.kind.toLowerCase().startsWith(wanted) ||
        node.health?.status?.toLowerCase() === wanted,
    )
    .sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name))
}
