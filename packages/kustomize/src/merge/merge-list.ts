import { KustomizeErrors } from '../errors.ts'
import { isMap, isNull, textOf } from '../values/scalar.ts'
import { fieldOf, setText } from '../values/tree.ts'
import { isNothing, keyText, type MergeOptions, type MergePlace, mergeAt } from './merge-patch.ts'

interface Lists {
  readonly target: unknown[]
  readonly patch: unknown[] | undefined
}

/** Comparisons that one list may cost. */
const maxComparisons = 50_000_000

/** Merges lists whose items are told apart by fields. */
export function mergeKeyedList(
  lists: Lists,
  place: MergePlace & { keys: readonly string[] },
  options: MergeOptions,
): unknown[] | undefined {
  guardSize(lists)
  const { keys } = place
  const tuples = keyTuples(lists, keys, options)
  const merged: unknown[] = []
  let validKeys: readonly string[] = keys
  for (const tuple of tuples) {
    const valid = validate(tuples, tuple, keys)
    validKeys = valid.keys
    const value = mergeAt(
      {
        target: findItem(lists.target, valid),
        patch: lists.patch === undefined ? undefined : findItem(lists.patch, valid),
        node: place.node?.items,
        depth: place.depth + 1,
      },
      options,
    )
    if (isNothing(value)) {
      setItem(lists.target, valid, undefined)
      continue
    }
    nameItem(value, valid)
    setItem(merged, valid, value)
  }
  if (tuples.length === 0) return lists.target
  return options.newItems === 'first'
    ? appendItems(merged, lists.target, validKeys)
    : appendItems(lists.target, merged, validKeys)
}

/** Merges lists of scalars: those of the patch come first. */
export function mergeSet(lists: Lists, options: MergeOptions): unknown[] {
  guardSize(lists)
  const sources = options.newItems === 'first' ? [lists.patch, lists.target] : [lists.target, lists.patch]
  const seen = new Map<string, unknown>()
  for (const source of sources) {
    for (const item of source ?? []) if (!isNothing(item) && !seen.has(textOf(item))) seen.set(textOf(item), item)
  }
  return [...seen.values()]
}

interface ItemKeys {
  readonly keys: readonly string[]
  readonly values: readonly string[]
}

function guardSize({ target, patch }: Lists): void {
  const items = target.length + (patch?.length ?? 0)
  if (items * items > maxComparisons) {
    throw KustomizeErrors.TOO_LARGE({ what: 'items of a merged list', limit: Math.floor(Math.sqrt(maxComparisons)) })
  }
}

/** The key values of all items, each once, in the order in which the result has them. */
function keyTuples(lists: Lists, keys: readonly string[], options: MergeOptions): string[][] {
  const sources = options.newItems === 'first' ? [lists.patch, lists.target] : [lists.target, lists.patch]
  const seen = new Map<string, string[]>()
  for (const source of sources) {
    for (const item of source ?? []) {
      const tuple = keys.map((key) => keyText(item, key))
      const text = tuple.join('\n')
      if (!seen.has(text)) seen.set(text, tuple)
    }
  }
  const tuples = [...seen.values()]
  return keys.length > 1 ? joinTuples(tuples) : tuples
}

/** Tuples that differ only where one of them is empty mean the same item. */
function joinTuples(tuples: string[][]): string[][] {
  for (let i = 0; i < tuples.length; i++) {
    for (let j = 0; j < tuples.length; j++) {
      const joined = join(tuples[i] as string[], tuples[j] as string[])
      if (joined === undefined) continue
      tuples[i] = joined
      tuples[j] = joined
    }
  }
  return tuples
}

function join(a: readonly string[], b: readonly string[]): string[] | undefined {
  const differs = a.some((value, index) => value !== b[index] && value !== '' && b[index] !== '')
  const shares = a.some((value, index) => value === b[index])
  return differs || !shares ? undefined : a.map((value, index) => value || (b[index] as string))
}

/** Keys that no item at all has are left out. */
function validate(tuples: readonly string[][], values: readonly string[], keys: readonly string[]): ItemKeys {
  const used = new Set(keys.filter((_, index) => tuples.some((tuple) => tuple[index] !== '')))
  if (used.size === 0) return { keys, values }
  return {
    keys: keys.filter((key) => used.has(key)),
    values: values.filter((value, index) => value !== '' || used.has(keys[index] as string)),
  }
}

function findItem(list: readonly unknown[], wanted: ItemKeys): unknown {
  const { keys, values } = validate([[...wanted.values]], wanted.values, wanted.keys)
  return list.find(
    (item) =>
      isMap(item) && keys.every((key, index) => Object.hasOwn(item, key) && textOf(item[key]) === values[index]),
  )
}

/** Puts an item in the place of those with its keys, or at the end; without an item those are removed. */
function setItem(list: unknown[], { keys, values }: ItemKeys, element: unknown): void {
  const kept: unknown[] = []
  let found = false
  for (const item of list) {
    if (isNothing(item)) continue
    const comparable = values.length > 0 && (isMap(item) || values[0] === '')
    const matches =
      comparable && keys.every((key, index) => index >= values.length || hasKey(item, key, values[index] as string))
    // An item without any key pushes out what came before it, as in the reference.
    if (!matches && values.length > 0) kept.push(item)
    else if (matches) {
      found = true
      if (element !== undefined) kept.push(element)
    }
  }
  list.splice(0, list.length, ...kept)
  if (!found && !isNull(element)) list.push(element)
}

/** An empty value stands for any. */
function hasKey(item: unknown, key: string, value: string): boolean {
  const own = fieldOf(item, key)
  return own !== undefined && (value === '' || textOf(own) === value)
}

function nameItem(item: unknown, { keys, values }: ItemKeys): void {
  if (!isMap(item)) return
  keys.forEach((key, index) => {
    if (!Object.hasOwn(item, key) && values[index] !== '') setText(item, key, values[index] as string)
  })
}

function appendItems(list: unknown[], added: readonly unknown[], keys: readonly string[]): unknown[] {
  for (const item of added) {
    const values: string[] = []
    for (const key of keys) {
      const value = fieldOf(item, key)
      if (value === undefined) list.push(item)
      else values.push(textOf(value))
    }
    if (keys.length > 1) setItem(list, { keys, values }, undefined)
    setItem(list, { keys, values }, item)
  }
  return list
}
