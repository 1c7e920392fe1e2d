import type { JsonObject } from '@driftless/kube-objects'
import { type FieldSlot, fillSlot } from '../config/field-spec.ts'
import { KustomizeErrors } from '../errors.ts'
import { emptyNull, isNull, isScalar, resolvePlain, retag, tagOf, textOf } from '../values/scalar.ts'
import { cloneTree, fieldOf } from '../values/tree.ts'
import { splitBracketPath } from './field-path.ts'
import { lookupPath } from './lookup-path.ts'
import { type Creation, matchPath } from './match-path.ts'
import type { FieldOptions } from './replacement.ts'
import { readStructuredText } from './structured-text.ts'

/** Writes a value to every place that a path means in an object. */
export function writeValue(
  object: JsonObject,
  fieldPath: string,
  { value, options }: { value: unknown; options: FieldOptions },
): void {
  const path = splitBracketPath(fieldPath)
  const create = options.create === true ? kindToCreate(value) : undefined
  const inText = path.length < 2 ? undefined : findText(object, path)
  const found =
    inText === undefined
      ? writeAll(object, path, { value, options, create })
      : writeIntoText(inText, { value, options, create })
  if (found) return
  const verb = create === undefined ? 'find' : 'find or create'
  throw KustomizeErrors.REPLACEMENT({ reason: `unable to ${verb} field "${fieldPath}" in replacement target` })
}

interface Writing {
  readonly value: unknown
  readonly options: FieldOptions
  readonly create: Creation
}

function kindToCreate(value: unknown): Creation {
  return Array.isArray(value) ? 'list' : isScalar(value) ? 'scalar' : 'map'
}

function writeAll(object: JsonObject, path: readonly string[], { value, options, create }: Writing): boolean {
  const slots = matchPath(object, path, create)
  for (const slot of slots) writeSlot(slot, value, options)
  return slots.length > 0
}

interface TextPlace {
  readonly slot: FieldSlot
  readonly path: readonly string[]
}

/** The first text on the way that holds structured data. */
function findText(object: JsonObject, path: readonly string[]): TextPlace | undefined {
  let holder: unknown = object
  for (let length = 1; length < path.length; length++) {
    const key = path[length - 1] as string
    const value = lookup(object, path.slice(0, length))
    if (typeof value === 'string') {
      const slotKey = Array.isArray(holder) ? holder.indexOf(value) : key
      if (typeof holder !== 'object' || holder === null || fieldOrItem(holder, slotKey) !== value) return undefined
      return { slot: { holder: holder as JsonObject, key: slotKey, value }, path: path.slice(length) }
    }
    holder = value
  }
  return undefined
}

function fieldOrItem(holder: object, key: string | number): unknown {
  return Array.isArray(holder) ? holder[key as number] : fieldOf(holder, String(key))
}

function lookup(object: JsonObject, path: readonly string[]): unknown {
  try {
    return lookupPath(object, path)
  } catch {
    return undefined
  }
}

function writeIntoText({ slot, path }: TextPlace, writing: Writing): boolean {
  const structured = readStructuredText(textOf(slot.value))
  if (structured === undefined || !writeAll(structured.value, path, writing)) return false
  fillSlot(slot, structured.print())
  return true
}

function writeSlot(slot: FieldSlot, value: unknown, { delimiter = '', index = 0 }: FieldOptions): void {
  const old = slot.value
  if (delimiter !== '' && !isScalar(old)) {
    throw KustomizeErrors.REPLACEMENT({ reason: 'delimiter option can only be used with scalar nodes' })
  }
  if (!isScalar(old)) {
    fillSlot(slot, cloneTree(value))
    return
  }
  const own = isNull(value) ? '' : textOf(value)
  const text = delimiter === '' ? textOf(value) : insertPart(textOf(old).split(delimiter), index, own).join(delimiter)
  fillSlot(slot, retyped(text, old))
}

function insertPart(parts: string[], index: number, text: string): string[] {
  if (index < 0) return [text, ...parts]
  if (index >= parts.length) return [...parts, text]
  parts[index] = text
  return parts
}

/** A scalar keeps its type; one that was just made takes that of its text. */
function retyped(text: string, old: unknown): unknown {
  if (old === emptyNull) return resolvePlain(text)
  const tag = tagOf(old) ?? 'str'
  const value = retag(text, tag)
  if (value !== undefined) return value
  throw KustomizeErrors.REPLACEMENT({ reason: `cannot decode !!str \`${text}\` as a !!${tag}` })
}
