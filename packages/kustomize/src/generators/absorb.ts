import type { JsonObject } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import type { Resource } from '../resources/resource.ts'
import { formatId } from '../resources/resource-id.ts'
import type { ResourceSet } from '../resources/resource-set.ts'
import { isMap, isNull } from '../values/scalar.ts'
import { fieldOf, guardKey, setOwn, textMap } from '../values/tree.ts'
import { base64Lines } from './base64.ts'

/** Takes generated objects in: new ones at the end, others in the place of the one they merge with or replace. */
export function absorb(resources: ResourceSet, generated: readonly Resource[]): void {
  for (const resource of generated) absorbOne(resources, resource)
}

function absorbOne(resources: ResourceSet, resource: Resource): void {
  const { behavior } = resource
  const [old, second] = resources.matching(resource.id)
  const combines = behavior === 'merge' || behavior === 'replace'
  if (second !== undefined) throw failure(resource, 'has several objects that could accept the merge')
  if (old === undefined) {
    if (combines) throw failure(resource, 'does not exist; cannot merge or replace')
    resources.append(resource)
    return
  }
  if (!combines) {
    throw failure(resource, `exists; can not use behavior: '${behavior}', behavior must be merge or replace`)
  }
  takeOver(resource, old)
  if (behavior === 'merge') {
    const isSecret = resource.id.kind === 'Secret' && resource.id.group === '' && resource.id.version === 'v1'
    setData(resource, 'data', {
      ...(isSecret ? secretData(old, resource) : dataOf(old, 'data')),
      ...dataOf(resource, 'data'),
    })
    setData(resource, 'binaryData', { ...dataOf(old, 'binaryData'), ...dataOf(resource, 'binaryData') })
  }
  resources.replace(old, resource)
}

/** Name, namespace, labels, annotations and history are the old object's; labels and annotations are added to. */
function takeOver(resource: Resource, old: Resource): void {
  resource.setMetadataMap('labels', { ...old.labels, ...resource.labels })
  resource.setMetadataMap('annotations', { ...old.annotations, ...resource.annotations })
  resource.setName(old.name)
  resource.setNamespace(old.namespace)
  resource.former = [...old.former]
  resource.prefixes = [...old.prefixes]
  resource.suffixes = [...old.suffixes]
  resource.variables = [...old.variables]
  resource.needsHash = resource.needsHash && old.needsHash
  resource.behavior = old.behavior
}

function dataOf({ object }: Resource, field: string): Record<string, string> {
  return textMap(fieldOf(object, field))
}

/** A Secret's plain texts count as data, as they do once it is in a cluster. */
function secretData(old: Resource, merged: Resource): Record<string, string> {
  const plain = fieldOf(old.object, 'stringData')
  if (isNull(plain)) return dataOf(old, 'data')
  if (!isMap(plain)) throw failure(merged, 'cannot be merged: stringData must be a mapping')
  const encoder = new TextEncoder()
  const encoded = Object.entries(textMap(plain)).map(([key, text]) => [key, base64Lines(encoder.encode(text))])
  return { ...dataOf(old, 'data'), ...Object.fromEntries(encoded) }
}

function setData({ object }: Resource, field: string, data: Record<string, string>): void {
  for (const key of Object.keys(data)) guardKey(key)
  if (Object.keys(data).length === 0) delete (object as JsonObject)[field]
  else setOwn(object as JsonObject, field, data)
}

function failure(resource: Resource, reason: string): Error {
  return KustomizeErrors.BEHAVIOR({ id: formatId(resource.id), reason })
}
