import { type FieldSlot, type FieldSpec, fillSlot, visitField } from '../config/field-spec.ts'
import { KustomizeErrors } from '../errors.ts'
import type { ResourceSet } from '../resources/resource-set.ts'
import { unmarkQuoted } from '../values/quoted.ts'
import { isMap, isNull, textOf } from '../values/scalar.ts'
import { isText, setOwn } from '../values/tree.ts'

/** Writes the values of variables over `$(NAME)` in the fields that are configured for it. */
export function resolveVariables(
  resources: ResourceSet,
  values: ReadonlyMap<string, unknown>,
  specs: readonly FieldSpec[],
): void {
  if (values.size === 0) return
  for (const resource of resources.list) {
    for (const spec of specs) visitField(resource, spec, { visit: (slot) => resolveSlot(slot, values) })
    resource.renamed()
  }
  resources.changed()
}

function resolveSlot(slot: FieldSlot, values: ReadonlyMap<string, unknown>): void {
  const { value } = slot
  if (isNull(value)) return
  if (isText(value)) {
    // The result is plain, whatever the form of the text before.
    if (!Array.isArray(slot.holder)) unmarkQuoted(slot.holder, String(slot.key))
    fillSlot(slot, expand(value, values))
  } else if (isMap(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (!isText(item)) continue
      unmarkQuoted(value, key)
      setOwn(value, key, expand(item, values))
    }
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      if (!isText(item)) throw KustomizeErrors.MERGE({ reason: 'invalid value type expect a string' })
      value[index] = expand(item, values)
    })
  }
}

/** Replaces `$(NAME)` by values; `$$` is a dollar sign, unknown names stay. A text of one variable alone takes its type. */
export function expand(text: string, values: ReadonlyMap<string, unknown>): unknown {
  if (!text.includes('$')) return text
  let out = ''
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string
    if (letter !== '$' || at + 1 >= text.length) {
      out += letter
      continue
    }
    const next = text[at + 1] as string
    at++
    if (next === '$') out += '$'
    else if (next !== '(') out += `$${next}`
    else {
      const end = text.indexOf(')', at)
      if (end < 0) {
        out += '$('
        continue
      }
      const name = text.slice(at + 1, end)
      const value = values.get(name)
      if (value !== undefined && text === `$(${name})`) return value
      out += value === undefined ? `$(${name})` : textOf(value)
      at = end
    }
  }
  return out
}
