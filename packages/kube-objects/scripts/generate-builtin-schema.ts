// Writes src/schema/generated/builtin.json from facts read off an API server.
// Usage: node scripts/generate-builtin-schema.ts <schema.json>
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Definition = { [key: string]: unknown }

const source = process.argv[2]
if (source === undefined)
  throw new Error('Name the file with the facts: node scripts/generate-builtin-schema.ts <schema.json>')
const facts = JSON.parse(readFileSync(source, 'utf8')) as {
  kubernetes: string
  resources: Definition[]
  types: Record<string, Definition>
}

const names: Record<string, string> = { mergeKey: 'patchKey', patch: 'patchStrategy' }
/** Fields that are keys of list maps and that the server fills in before it looks for the item. */
const keyDefaults: Record<string, Record<string, unknown>> = {
  'io.k8s.api.core.v1.ContainerPort': { protocol: 'TCP' },
  'io.k8s.api.core.v1.ServicePort': { protocol: 'TCP' },
}

function node(definition: Definition): Definition {
  const result: Definition = {}
  for (const [key, value] of Object.entries(definition)) {
    if (key === 'items' || key === 'values') result[key] = node(value as Definition)
    else result[names[key] ?? key] = value
  }
  return result
}

const types: Record<string, Definition> = {}
for (const [name, definition] of Object.entries(facts.types)) {
  if (definition.fields === undefined) {
    types[name] = node(definition)
    continue
  }
  const fields: Record<string, Definition> = {}
  for (const [field, value] of Object.entries(definition.fields as Record<string, Definition>)) {
    fields[field] = node(value)
    const fallback = keyDefaults[name]?.[field]
    if (fallback !== undefined) fields[field] = { ...fields[field], default: fallback }
  }
  types[name] = { ...definition, fields }
}

const target = join(import.meta.dirname, '../src/schema/generated/builtin.json')
writeFileSync(target, `${JSON.stringify({ kubernetes: facts.kubernetes, resources: facts.resources, types })}\n`)
