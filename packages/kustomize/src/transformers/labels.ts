import { type FieldSlot, type FieldSpec, fillSlot, visitField } from '../config/field-spec.ts'
import { KustomizeErrors } from '../errors.ts'
import { isMap, isNull } from '../values/scalar.ts'
import { guardKey, nodeKind, setOwn } from '../values/tree.ts'
import type { Transformer } from './transformer.ts'

/** Writes labels, or annotations, wherever the field specs say. */
export function setPairs(pairs: Readonly<Record<string, string>>, specs: readonly FieldSpec[]): Transformer {
  const entries = Object.entries(pairs)
  return (resources) => {
    if (entries.length === 0) return
    for (const resource of resources.list) {
      for (const spec of specs) visitField(resource, spec, { create: 'map', visit: (slot) => write(slot, entries) })
    }
  }
}

function write(slot: FieldSlot, entries: readonly [string, string][]): void {
  const { value } = slot
  if (!isMap(value) && !isNull(value)) {
    throw KustomizeErrors.MERGE({ reason: `wrong node kind: expected MappingNode but got ${nodeKind(value)}` })
  }
  const map = isMap(value) ? value : {}
  for (const [key, text] of entries) {
    if (!Object.hasOwn(map, key)) guardKey(key)
    setOwn(map, key, text)
  }
  if (map !== value) fillSlot(slot, map)
}
