import type { JsonObject } from '@driftless/kube-objects'

/** Where a transformer writes: a `/` path in objects of a kind; a segment ending in `[]` goes into every item. */
export interface FieldSpec {
  readonly path: string
  readonly group?: string
  readonly version?: string
  readonly kind?: string
  /** Create the field, and what leads to it, when absent. */
  readonly create?: boolean
}

/** True when a field spec is for objects of this kind. */
export function appliesTo(spec: FieldSpec, id: { group: string; version: string; kind: string }): boolean {
  return (
    (spec.group === undefined || spec.group === id.group) &&
    (spec.version === undefined || spec.version === id.version) &&
    (spec.kind === undefined || spec.kind === id.kind)
  )
}

/** Replaces what lies at a path by what `change` makes of it; `undefined` leaves the field as it is. */
export function changeField(object: JsonObject, spec: FieldSpec, change: (value: unknown) => unknown): void {
  const segments = spec.path.split(/(?<!\\)\//).map((segment) => segment.replaceAll('\\/', '/'))
  visit(object, segments, { create: spec.create === true, change })
}

function visit(
  holder: JsonObject,
  segments: readonly string[],
  how: { create: boolean; change: (value: unknown) => unknown },
): void {
  const [segment = '', ...rest] = segments
  const list = segment.endsWith('[]')
  const name = list ? segment.slice(0, -2) : segment
  const value = holder[name]
  if (rest.length === 0 && !list) {
    if (value === undefined && !how.create) return
    const next = how.change(value)
    if (next !== undefined) holder[name] = next
    return
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      if (rest.length === 0) {
        const next = how.change(item)
        if (next !== undefined) value[index] = next
      } else if (isObject(item)) visit(item, rest, how)
    })
    return
  }
  if (isObject(value)) visit(value, rest, how)
  else if ((value === undefined || value === null) && how.create && !list) {
    const made: JsonObject = {}
    holder[name] = made
    visit(made, rest, how)
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
