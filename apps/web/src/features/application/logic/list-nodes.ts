import type { ResourceNode } from '@driftless/model'
import { healthFilterOrder } from '#lib/status/tones.ts'
import { globMatches } from './name-filter.ts'

/** Nodes as rows: those that match the words, what is not well first, then by kind and name. */
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
    .sort((a, b) => badness(a) - badness(b) || a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name))
}

const well = healthFilterOrder.indexOf('Healthy')

function badness(node: ResourceNode): number {
  const at = node.health?.status === undefined ? well : healthFilterOrder.indexOf(node.health.status)
  // Healthy objects and those without a health stand together.
  return Math.min(at, well)
}
