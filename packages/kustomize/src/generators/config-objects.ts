import type { JsonObject } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import type { ConfigMapEntry, GeneratorOptions, SecretEntry } from '../load/kustomization.ts'
import type { Loader } from '../load/loader.ts'
import { type Behavior, Resource } from '../resources/resource.ts'
import { guardKey, setOwn } from '../values/tree.ts'
import { base64Lines } from './base64.ts'
import type { Generator } from './generator.ts'
import { readKeyValues } from './key-values.ts'

/** Makes a ConfigMap of literals and files; what is no UTF-8 becomes binary data. */
export function generateConfigMap(entry: ConfigMapEntry, loader: Loader): Generator {
  return () => {
    const object = baseObject('ConfigMap', entry)
    for (const [key, content] of readKeyValues(entry, loader)) {
      const text = decode(content)
      if (text === undefined) addTo(object, 'binaryData', [key, base64Lines(content)])
      else addTo(object, 'data', [key, text])
    }
    return [finish(object, entry)]
  }
}

/** Makes a Secret of literals and files. */
export function generateSecret(entry: SecretEntry, loader: Loader): Generator {
  return () => {
    const object: JsonObject = { ...baseObject('Secret', entry), type: entry.type || 'Opaque', data: {} }
    for (const [key, content] of readKeyValues(entry, loader)) addTo(object, 'data', [key, base64Lines(content)])
    return [finish(object, entry)]
  }
}

/** Options of one generator over those of all. */
export function mergeOptions(
  common: GeneratorOptions | undefined,
  own: GeneratorOptions | undefined,
): GeneratorOptions | undefined {
  if (common === undefined) return own
  return {
    labels: { ...common.labels, ...own?.labels },
    annotations: { ...common.annotations, ...own?.annotations },
    disableNameSuffixHash: common.disableNameSuffixHash || own?.disableNameSuffixHash === true,
    immutable: common.immutable || own?.immutable === true,
  }
}

function baseObject(kind: string, { name, namespace }: ConfigMapEntry): JsonObject {
  if (name === '') throw KustomizeErrors.GENERATOR({ name: kind, reason: 'a configmap must have a name' })
  return { apiVersion: 'v1', kind, metadata: { name, ...(namespace ? { namespace } : {}) } }
}

function addTo(object: JsonObject, field: 'data' | 'binaryData', [key, value]: [string, string]): void {
  guardKey(key)
  const map = (object[field] ?? {}) as JsonObject
  object[field] = map
  setOwn(map, key, value)
}

function finish(object: JsonObject, { options, behavior }: ConfigMapEntry): Resource {
  const resource = new Resource(object)
  if (options !== undefined) {
    resource.setMetadataMap('labels', options.labels ?? {})
    resource.setMetadataMap('annotations', options.annotations ?? {})
    if (options.immutable) object.immutable = true
  }
  resource.needsHash = options?.disableNameSuffixHash !== true
  resource.behavior = readBehavior(behavior)
  return resource
}

/** Anything but the three known words counts as unspecified, which creates. */
function readBehavior(text: string | undefined): Behavior {
  return text === 'create' || text === 'replace' || text === 'merge' ? text : 'unspecified'
}

function decode(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return undefined
  }
}
