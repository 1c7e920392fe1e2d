import { isObject } from '../json/values.ts'
import type { JsonObject, KubeObject, ManagedFieldsEntry } from '../object.ts'

/**
 * The entries whose managers own the field at a JSON path (`['spec', 'containers', 0, 'image']`): its own path, or that of an
 * atomic parent.
 */
export function ownersOf(object: KubeObject, path: readonly (string | number)[]): ManagedFieldsEntry[] {
  const entries = object.metadata?.managedFields ?? []
  return entries.filter((entry) => isObject(entry.fieldsV1) && owns(entry.fieldsV1, object, path))
}

function owns(fields: JsonObject, value: unknown, path: readonly (string | number)[]): boolean {
  const [step, ...rest] = path
  if (step === undefined) return true
  const below = Object.entries(fields).filter(([element]) => element !== '.')
  // A path without anything below it is owned as a whole.
  if (below.length === 0) return true
  for (const [element, child] of below) {
    if (!isObject(child) || !matches(element, value, step)) continue
    if (owns(child, childOf(value, step), rest)) return true
  }
  return false
}

function matches(element: string, value: unknown, step: string | number): boolean {
  const text = element.slice(2)
  if (element.startsWith('f:')) return text === String(step)
  if (!Array.isArray(value)) return false
  const index = Number(step)
  if (element.startsWith('i:')) return text === String(index)
  const item: unknown = value[index]
  const wanted = parse(text)
  if (element.startsWith('v:')) return item === wanted
  if (!isObject(item) || !isObject(wanted)) return false
  return Object.entries(wanted).every(([key, part]) => item[key] === part)
}

function childOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return value[Number(step)]
  return isObject(value) && Object.hasOwn(value, String(step)) ? value[String(step)] : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
