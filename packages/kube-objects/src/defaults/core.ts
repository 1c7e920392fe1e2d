import type { JsonObject } from '../object.ts'
import { ensureObject, fill, objectAt, objectsAt } from './fill.ts'
import { servicePortDefault } from './policy.ts'

/** The label every namespace carries. */
const namespaceLabel = 'kubernetes.io/metadata.name'

/** Defaults of a Secret; `stringData` moves into `data`. */
export function secretDefaults(object: JsonObject): void {
  fill(object, { type: 'Opaque' })
  const texts = objectAt(object, 'stringData')
  if (texts) {
    const data = ensureObject(object, 'data')
    for (const [key, text] of Object.entries(texts)) if (typeof text === 'string') data[key] = base64(text)
  }
  delete object.stringData
}

function base64(text: string): string {
  let binary = ''
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** Defaults of a Namespace. */
export function namespaceDefaults(object: JsonObject): void {
  const metadata = ensureObject(object, 'metadata')
  if (typeof metadata.name === 'string' && metadata.name !== '') {
    fill(ensureObject(metadata, 'labels'), { [namespaceLabel]: metadata.name })
  }
  fill(ensureObject(object, 'status'), { phase: 'Active' })
}

/** Defaults of a Node: all of it can be allocated. */
export function nodeDefaults(object: JsonObject): void {
  const status = objectAt(object, 'status')
  const capacity = objectAt(status, 'capacity')
  if (status && capacity && !objectAt(status, 'allocatable')) status.allocatable = { ...capacity }
}

/** Defaults of a LimitRange: defaults follow the limits, requests follow the defaults. */
export function limitRangeDefaults(object: JsonObject): void {
  for (const item of objectsAt(objectAt(object, 'spec'), 'limits')) {
    if (item.type !== 'Container') continue
    const limits = ensureObject(item, 'default')
    for (const [name, max] of Object.entries(objectAt(item, 'max') ?? {})) limits[name] ??= max
    const requests = ensureObject(item, 'defaultRequest')
    for (const [name, value] of Object.entries(limits)) requests[name] ??= value
    for (const [name, min] of Object.entries(objectAt(item, 'min') ?? {})) requests[name] ??= min
    for (const field of ['default', 'defaultRequest'])
      if (Object.keys(objectAt(item, field) ?? {}).length === 0) delete item[field]
  }
}

/** Defaults of a CustomResourceDefinition. */
export function customResourceDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  const names = ensureObject(spec, 'names')
  if (typeof names.kind === 'string' && names.kind !== '') {
    fill(names, { singular: names.kind.toLowerCase(), listKind: `${names.kind}List` })
  }
  const conversion = ensureObject(spec, 'conversion')
  fill(conversion, { strategy: 'None' })
  servicePortDefault(objectAt(objectAt(objectAt(conversion, 'webhook'), 'clientConfig'), 'service'))
  const status = ensureObject(object, 'status')
  const stored = objectsAt(spec, 'versions').filter((version) => version.storage === true)
  if (!Array.isArray(status.storedVersions) || status.storedVersions.length === 0) {
    status.storedVersions = stored.map((version) => version.name)
  }
}

/** Defaults of an APIService. */
export function apiServiceDefaults(object: JsonObject): void {
  servicePortDefault(objectAt(objectAt(object, 'spec'), 'service'))
}

/** Defaults of a ResourceClaim. */
export function resourceClaimDefaults(object: JsonObject): void {
  claimSpecDefaults(objectAt(object, 'spec'))
  const allocated = objectAt(objectAt(objectAt(object, 'status'), 'allocation'), 'devices')
  for (const result of objectsAt(allocated, 'results')) {
    for (const toleration of objectsAt(result, 'tolerations')) fill(toleration, { operator: 'Equal' })
  }
}

/** Defaults of a ResourceClaimTemplate. */
export function resourceClaimTemplateDefaults(object: JsonObject): void {
  claimSpecDefaults(objectAt(objectAt(object, 'spec'), 'spec'))
}

function claimSpecDefaults(spec: JsonObject | undefined): void {
  for (const request of objectsAt(objectAt(spec, 'devices'), 'requests')) {
    const exactly = objectAt(request, 'exactly')
    for (const wanted of [...(exactly ? [exactly] : []), ...objectsAt(request, 'firstAvailable')]) {
      fill(wanted, { allocationMode: 'ExactCount' })
      if (wanted.allocationMode === 'ExactCount' && !wanted.count) wanted.count = 1
      for (const toleration of objectsAt(wanted, 'tolerations')) fill(toleration, { operator: 'Equal' })
    }
  }
}
