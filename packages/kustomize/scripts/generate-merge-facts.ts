// Writes src/schema/generated/merge-facts.json from what scripts/merge-facts prints, without the types that merge nothing.
// go run ./scripts/merge-facts | node scripts/generate-merge-facts.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Node {
  ref?: string
  items?: Node
  values?: Node
  keys?: string[]
}

interface Facts {
  kinds: Record<string, string>
  types: Record<string, Record<string, Node>>
  cluster: string[]
}

const facts = JSON.parse(readFileSync(0, 'utf8')) as Facts
const useful = new Set<string>()

function isUseful(node: Node): boolean {
  if (node.keys !== undefined || (node.ref !== undefined && useful.has(node.ref))) return true
  return [node.items, node.values].some((inner) => inner !== undefined && isUseful(inner))
}

function prune({ ref, items, values, keys }: Node): Node {
  return {
    ...(items !== undefined && isUseful(items) ? { items: prune(items) } : {}),
    ...(values !== undefined && isUseful(values) ? { values: prune(values) } : {}),
    ...(ref !== undefined && useful.has(ref) ? { ref } : {}),
    ...(keys === undefined ? {} : { keys }),
  }
}

for (let before = -1; before < useful.size; ) {
  before = useful.size
  for (const [name, fields] of Object.entries(facts.types)) if (Object.values(fields).some(isUseful)) useful.add(name)
}
const byName = <T>(entries: [string, T][]) => Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
const types = [...useful].map((name): [string, Record<string, Node>] => [
  name,
  byName(
    Object.entries(facts.types[name] ?? {})
      .filter(([, node]) => isUseful(node))
      .map(([field, node]) => [field, prune(node)]),
  ),
])
const kinds = Object.entries(facts.kinds).filter(([, name]) => useful.has(name))
const file = join(import.meta.dirname, '../src/schema/generated/merge-facts.json')
writeFileSync(file, JSON.stringify({ kinds: byName(kinds), types: byName(types), cluster: facts.cluster }))
