import { messageOf } from '@driftless/foundation'
import { type KubeObject, parseFieldSelector, parseLabelSelector } from '@driftless/kube-objects'
import { badRequest } from '../status/kube-status.ts'
import { isObject } from '../validation/decode.ts'
import type { ListOptions } from './kube-api.ts'
import { fieldSelectorFault, labelSelectorFault } from './selector-fault.ts'

/** Decides whether an object is meant. */
export type ObjectFilter = (object: KubeObject) => boolean

/** The filter of label and field selectors, `undefined` when everything is meant. Throws 400 on bad syntax. */
export function selectorFilter(
  options: Pick<ListOptions, 'labelSelector' | 'fieldSelector'>,
): ObjectFilter | undefined {
  const filters = [labelFilter(options.labelSelector), fieldFilter(options.fieldSelector)].filter(
    (filter) => filter !== undefined,
  )
  if (filters.length === 0) return undefined
  return (object) => filters.every((filter) => filter(object))
}

function labelFilter(text: string | undefined): ObjectFilter | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const matches = parsed(
    () => parseLabelSelector(text),
    () => labelSelectorFault(text),
  )
  return (object) => matches(object.metadata.labels)
}

function fieldFilter(text: string | undefined): ObjectFilter | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const terms = parsed(
    () => parseFieldSelector(text),
    () => fieldSelectorFault(text),
  ).map(({ field, operator, value }) => ({
    path: field.split('.'),
    wanted: operator === '=',
    value,
  }))
  return (object) => terms.every(({ path, wanted, value }) => (fieldText(object, path) === value) === wanted)
}

/** The text a field selector compares: absent fields are empty. */
function fieldText(object: KubeObject, path: readonly string[]): string {
  let value: unknown = object
  for (const part of path) value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined
  if (value === undefined || value === null) return path.join('.') === 'spec.unschedulable' ? 'false' : ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** What both parsers agree on; the fault is told in the server's words where they have some. */
function parsed<T>(parse: () => T, faultOf: () => string | undefined): T {
  const fault = faultOf()
  if (fault !== undefined) throw badRequest(fault)
  try {
    return parse()
  } catch (error) {
    throw badRequest(messageOf(error))
  }
}
