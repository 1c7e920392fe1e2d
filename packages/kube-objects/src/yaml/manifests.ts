import { ManifestErrors } from '../errors.ts'
import type { JsonObject, KubeObject } from '../object.ts'
import { type ParseYamlOptions, parseLocated, positionOf } from './parse.ts'

/**
 * Parses documents that must be Kubernetes objects. Kinds that end in `List` with `items` are replaced by their items.
 * Throws `YAML_INVALID`, or `MANIFEST_INVALID` with file, line and document number (from 1).
 */
export function parseManifests(text: string, options: ParseYamlOptions = {}): KubeObject[] {
  const objects: KubeObject[] = []
  parseLocated(text, options).forEach((document, index) => {
    if (document.value === null) return
    const fail: Fail = (reason) => {
      const { line } = positionOf(text, document.offset)
      const place = { file: options.file, line }
      throw ManifestErrors.INVALID({ reason, document: index + 1, ...place }, { place })
    }
    collect(document.value, objects, fail)
  })
  return objects
}

/** Raises the error of the document at hand. */
type Fail = (reason: string) => never

function collect(value: unknown, into: KubeObject[], fail: Fail): void {
  if (!isRecord(value)) fail('it must be a mapping with apiVersion and kind')
  const { apiVersion, kind } = value
  if (typeof kind !== 'string' || kind === '') fail('kind is missing or no string')
  if (typeof apiVersion !== 'string' || apiVersion === '') fail(`apiVersion of kind ${kind} is missing or no string`)
  if (kind.endsWith('List') && Array.isArray(value.items)) {
    for (const item of value.items) collect(listItem(item, { apiVersion, kind }), into, fail)
    return
  }
  const { metadata } = value
  if (metadata !== undefined && metadata !== null && !isRecord(metadata))
    fail(`metadata of kind ${kind} must be a mapping`)
  if (isRecord(metadata)) checkMetadata(metadata, `kind ${kind}`, fail)
  into.push({ ...value, apiVersion, kind, metadata: isRecord(metadata) ? metadata : {} })
}

/** Items of typed lists may leave out what the list says. */
function listItem(item: unknown, list: { apiVersion: string; kind: string }): unknown {
  if (!isRecord(item) || list.kind === 'List') return item
  return { apiVersion: list.apiVersion, kind: list.kind.slice(0, -'List'.length), ...item }
}

function checkMetadata(metadata: JsonObject, what: string, fail: Fail): void {
  for (const field of ['name', 'namespace', 'generateName']) {
    const value = metadata[field]
    if (value !== undefined && value !== null && typeof value !== 'string') {
      fail(`metadata.${field} of ${what} must be a string, quote it`)
    }
  }
  for (const field of ['labels', 'annotations']) {
    const map = metadata[field]
    if (map === undefined || map === null) continue
    if (!isRecord(map)) fail(`metadata.${field} of ${what} must be a mapping`)
    for (const [key, value] of Object.entries(map as JsonObject)) {
      if (typeof value !== 'string' && value !== null)
        fail(`metadata.${field}["${key}"] of ${what} must be a string, quote it`)
    }
  }
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
