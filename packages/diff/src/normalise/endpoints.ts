import { canonicalJson, type JsonObject, type KubeObject } from '@driftless/kube-objects'
import { isObject } from '../json-value.ts'

/** Endpoints with the default protocol written out and everything in a fixed order: the order says nothing. */
export function normaliseEndpoints(object: KubeObject): KubeObject {
  if (!Array.isArray(object.subsets)) return object
  const subsets = object.subsets.filter(isObject).map((subset) => ({
    ...subset,
    ...sortedList(subset, 'addresses'),
    ...sortedList(subset, 'notReadyAddresses'),
    ...(Array.isArray(subset.ports)
      ? { ports: sorted(subset.ports.filter(isObject).map((port) => ({ protocol: 'TCP', ...port }))) }
      : {}),
  }))
  return { ...object, subsets: sorted(subsets) }
}

function sortedList(subset: JsonObject, field: string): JsonObject {
  const list = subset[field]
  return Array.isArray(list) ? { [field]: sorted(list) } : {}
}

function sorted<T>(list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, text: canonicalJson(item) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ item }) => item)
}
