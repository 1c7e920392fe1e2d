// Writes src/schema/generated/wire.json from what scripts/wire-facts prints.
// Usage: node scripts/generate-wire-facts.ts <wire.json>
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const source = process.argv[2]
if (source === undefined)
  throw new Error('Name the file with the facts: node scripts/generate-wire-facts.ts <wire.json>')
const facts = JSON.parse(readFileSync(source, 'utf8')) as Record<string, { always?: string[]; pointer?: string[] }>
const schema = join(import.meta.dirname, '../src/schema/generated')
const known = (JSON.parse(readFileSync(join(schema, 'builtin.json'), 'utf8')) as { types: Record<string, unknown> })
  .types

const kept: Record<string, [string[], string[]]> = {}
for (const name of Object.keys(known).sort()) {
  const fields = facts[name]
  if (fields?.always || fields?.pointer) kept[name] = [fields.always ?? [], fields.pointer ?? []]
}
writeFileSync(join(schema, 'wire.json'), `${JSON.stringify(kept)}\n`)
