import { messageOf } from '@driftless/foundation'
import type { HelmVersion } from '../engine/helm-version.ts'
import { HelmErrors } from '../errors.ts'
import { readYamlDocuments } from '../read-yaml.ts'

/** A table of values: JSON-like data. */
export type Table = Record<string, unknown>

/** True for tables. */
export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/** Reads a values file: one or more YAML documents, later ones merged over earlier ones (Helm 3 reads the first alone). Throws `HELM_VALUES_INVALID`. */
export function loadValues(text: string, helm: HelmVersion = '4'): Table {
  let values: Table = {}
  for (const document of helm === '3' ? parse(text, helm).slice(0, 1) : parse(text, helm)) {
    if (document === null || document === undefined) continue
    if (!isTable(document)) throw HelmErrors.VALUES_INVALID({ message: prefixes[helm] + notATable(document) })
    values = mergeMaps(values, document)
  }
  return values
}

const prefixes: Readonly<Record<HelmVersion, string>> = { '3': '', '4': 'cannot unmarshal yaml document: ' }

function parse(text: string, helm: HelmVersion): unknown[] {
  try {
    return readYamlDocuments(text)
  } catch (cause) {
    throw HelmErrors.VALUES_INVALID({ message: prefixes[helm] + messageOf(cause) }, { cause })
  }
}

function notATable(document: unknown): string {
  const found = Array.isArray(document) ? 'array' : typeof document === 'boolean' ? 'bool' : typeof document
  return `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${found} into Go value of type map[string]interface {}`
}

/** Merges `over` into a copy of `base`: tables key by key, everything else (null too) replaces. */
export function mergeMaps(base: Table, over: Table): Table {
  const merged: Table = { ...base }
  for (const key of Object.keys(over)) {
    const next = over[key]
    const current = Object.hasOwn(merged, key) ? merged[key] : undefined
    setValue(merged, key, isTable(next) && isTable(current) ? mergeMaps(current, next) : next)
  }
  return merged
}

/** Sets a key, also those that mean something to JavaScript. */
export function setValue(table: Table, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(table, key, { value, enumerable: true, writable: true, configurable: true })
  else table[key] = value
}
