// Writes the field numbers of the Kubernetes types as protobuf clients send them, read from the published .proto files.
// Usage: node scripts/generate-proto-fields.ts <folder with the modules k8s.io/api, apimachinery, …> [version]
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtInResources, builtInTypes } from '@driftless/kube-objects'

type Row = [number: number, name: string, type: string, shape?: string]

const fieldPattern = /^\s+(?:(optional|repeated) |map<string, ([\w.-]+)> )(?:([\w.-]+) )?(\w+) = (\d+);/gm

const [folder = '', version = ''] = process.argv.slice(2)
const scalars = new Set(['string', 'bytes', 'bool', 'int32', 'int64', 'double', 'uint32', 'uint64'])
const messages = new Map<string, Row[]>()

for (const path of globSync(
  `{api,apimachinery,apiextensions-apiserver,kube-aggregator}@${version}/**/generated.proto`,
  { cwd: folder },
)) {
  readProto(readFileSync(join(folder, path), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''))
}
const roots = [...builtInResources.map((resource) => resource.type ?? ''), ...extraRoots()]
const reached = new Set<string>()
for (const root of roots) reach(root)
const table = Object.fromEntries([...reached].sort().map((name) => [name, messages.get(name)]))
writeFileSync(join(import.meta.dirname, '../src/wire/protobuf/generated/fields.json'), `${JSON.stringify(table)}\n`)

function extraRoots(): string[] {
  return [
    'io.k8s.api.policy.v1.Eviction',
    'io.k8s.api.authentication.v1.TokenRequest',
    'io.k8s.api.autoscaling.v1.Scale',
    'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions',
    'io.k8s.apimachinery.pkg.runtime.Unknown',
  ]
}

function readProto(text: string): void {
  const prefix = /^package ([\w.-]+);/m.exec(text)?.[1] ?? ''
  for (const [, name = '', body = ''] of text.matchAll(/^message (\w+) \{([\s\S]*?)^\}/gm)) {
    messages.set(
      typeName(`${prefix}.${name}`),
      [...body.matchAll(fieldPattern)].map((match) => row(match, prefix, typeName(`${prefix}.${name}`))),
    )
  }
}

function row(match: RegExpMatchArray, prefix: string, holder: string): Row {
  const [, label, mapValue, type = '', name = '', number = ''] = match
  const resolved = resolve(mapValue ?? type, prefix)
  if (mapValue !== undefined) return [Number(number), name, resolved, 'map']
  if (label === 'repeated') return [Number(number), name, resolved, 'list']
  return isInlined(holder, name, resolved)
    ? [Number(number), name, resolved, 'inline']
    : [Number(number), name, resolved]
}

/** A struct that Go embeds is a field in protobuf only. */
function isInlined(holder: string, name: string, type: string): boolean {
  const known = builtInTypes[holder] as { fields?: Record<string, unknown> } | undefined
  return !scalars.has(type) && known?.fields !== undefined && !Object.hasOwn(known.fields, name)
}

function resolve(type: string, prefix: string): string {
  if (scalars.has(type)) return type
  return typeName(type.startsWith('.') ? type.slice(1) : `${prefix}.${type}`)
}

function typeName(name: string): string {
  return name.replace(/^k8s\.io\./, 'io.k8s.')
}

function reach(name: string): void {
  if (reached.has(name) || !messages.has(name)) return
  reached.add(name)
  for (const [, , type] of messages.get(name) ?? []) reach(type)
}
