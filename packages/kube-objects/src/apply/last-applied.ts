import { canonicalJson, cloneJson, isObject } from '../json/values.ts'
import type { KubeObject } from '../object.ts'
import type { TypeSchema } from '../schema/type-schema.ts'
import { emptySet, type FieldSet, withoutSubtrees } from './field-set.ts'
import { fieldSetOf } from './field-set-of.ts'

/** Where client-side apply keeps the configuration it applied last. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** The paths of the configuration that client-side apply put there. */
export function allowedByLastApplied(live: KubeObject, schema: TypeSchema | undefined): FieldSet {
  const text = live.metadata.annotations?.[LAST_APPLIED]
  if (text === undefined) return emptySet()
  try {
    const applied: unknown = JSON.parse(text)
    return isObject(applied) ? withoutSubtrees(fieldSetOf(applied, schema), [['f:apiVersion'], ['f:kind']]) : emptySet()
  } catch {
    return emptySet()
  }
}

/** Brings the annotation up to date, if the object has one, so that client-side apply can go on from here. */
export function syncLastApplied(object: KubeObject, applied: KubeObject): KubeObject {
  const annotations = object.metadata?.annotations
  if (annotations?.[LAST_APPLIED] === undefined) return object
  const copy = cloneJson(applied)
  if (copy.metadata?.annotations) delete copy.metadata.annotations[LAST_APPLIED]
  const text = `${canonicalJson(copy)}\n`
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotations, [LAST_APPLIED]: text } } }
}
