import { Failure } from '../evaluate/failure.ts'
import type { Machine } from '../evaluate/machine.ts'
import { fieldVisibility, findField } from '../evaluate/object-fields.ts'
import { allFields, visibleFields } from '../evaluate/operators.ts'
import {
  ArrayValue,
  isFunction,
  type Lazy,
  Link,
  ObjectValue,
  plainObject,
  typeOf,
  type Value,
} from '../evaluate/value.ts'
import { boolean, func, type Library, lazy, object, strict, text } from './signature.ts'

/** Objects. */
export const objectFunctions: Library = {
  objectFields: strict('o', (_, o: Value) => new ArrayValue(visibleFields(object(o)))),
  objectFieldsAll: strict('o', (_, o: Value) => new ArrayValue(allFields(object(o)))),
  objectFieldsEx: strict(
    'obj hidden',
    (_, o: Value, hidden: Value) => new ArrayValue(names(object(o), boolean(hidden))),
  ),
  objectHas: strict('o f', (_, o: Value, f: Value) => has(object(o), text(f), false)),
  objectHasAll: strict('o f', (_, o: Value, f: Value) => has(object(o), text(f), true)),
  objectHasEx: strict('obj fname hidden', (_, o: Value, f: Value, hidden: Value) =>
    has(object(o), text(f), boolean(hidden)),
  ),
  objectValues: strict('o', (machine, o: Value) => values(machine, object(o), false)),
  objectValuesAll: strict('o', (machine, o: Value) => values(machine, object(o), true)),
  objectKeysValues: strict('o', (machine, o: Value) => pairs(machine, object(o), false)),
  objectKeysValuesAll: strict('o', (machine, o: Value) => pairs(machine, object(o), true)),
  objectRemoveKey: strict('obj key', (_, o: Value, key: Value) => {
    return removeKey(object(o), text(key))
  }),
  get: lazy('o f default? inc_hidden?', (machine, [o = null, f = null, fallback = null, incHidden = true]) => {
    const from = object(machine.force(o))
    const name = text(machine.force(f))
    return has(from, name, boolean(machine.force(incHidden))) ? machine.field(from, name) : machine.force(fallback)
  }),
  mapWithKey: strict('func obj', (machine, callee: Value, o: Value) => {
    if (!isFunction(callee)) throw new Failure(`std.mapWithKey first param must be function, got ${typeOf(callee)}`)
    if (!(o instanceof ObjectValue)) throw new Failure(`std.mapWithKey second param must be object, got ${typeOf(o)}`)
    const run = func(callee)
    return plainObject(
      visibleFields(o).map((name): [string, Lazy] => [
        name,
        machine.delay(() => machine.call(run, [name, machine.delay(() => machine.field(o, name))])),
      ]),
    )
  }),
  mergePatch: lazy('target patch', (machine, [target = null, patch = null]) =>
    mergePatch(machine, target, machine.force(patch)),
  ),
  prune: strict('a', (machine, a: Value) => prune(machine, a)),
}

function names(from: ObjectValue, hidden: boolean): string[] {
  return hidden ? allFields(from) : visibleFields(from)
}

function has(from: ObjectValue, name: string, hidden: boolean): boolean {
  if (findField(from, name) === undefined) return false
  return hidden || fieldVisibility(from).get(name) === true
}

function values(machine: Machine, from: ObjectValue, hidden: boolean): ArrayValue {
  const fields = names(from, hidden)
  return machine.lazyArray(fields.length, (i) => machine.field(from, fields[i] as string))
}

function pairs(machine: Machine, from: ObjectValue, hidden: boolean): ArrayValue {
  return new ArrayValue(
    names(from, hidden).map((key) =>
      plainObject([
        ['key', key],
        ['value', machine.delay(() => machine.field(from, key))],
      ]),
    ),
  )
}

function removeKey(from: ObjectValue, key: string): ObjectValue {
  const without = { name: key, span: from.top.depth }
  return new ObjectValue(new Link({ fields: new Map(), outer: [], locals: [], asserts: [], without }, from.top))
}

/** RFC 7396; fields of the result are evaluated when needed. */
function mergePatch(machine: Machine, target: Lazy, patch: Value): Value {
  if (!(patch instanceof ObjectValue)) return patch
  const below = machine.force(target)
  const base = below instanceof ObjectValue ? below : plainObject([])
  const fields = new Map<string, Lazy>()
  const baseNames = new Set(visibleFields(base))
  const patchNames = visibleFields(patch)
  const removed = new Set(patchNames.filter((name) => machine.field(patch, name) === null))
  for (const name of [...new Set([...baseNames, ...patchNames])]) {
    if (removed.has(name)) continue
    fields.set(
      name,
      machine.delay(() => mergeField(machine, { base, patch, name, inBase: baseNames.has(name) })),
    )
  }
  return plainObject(fields)
}

function mergeField(
  machine: Machine,
  at: { base: ObjectValue; patch: ObjectValue; name: string; inBase: boolean },
): Value {
  const { base, patch, name } = at
  if (!has(patch, name, false)) return machine.field(base, name)
  return mergePatch(machine, at.inBase ? machine.field(base, name) : null, machine.field(patch, name))
}

function prune(machine: Machine, value: Value): Value {
  if (value instanceof ArrayValue) {
    machine.enter()
    const kept = machine
      .itemsOf(value)
      .map((item) => prune(machine, item))
      .filter(hasContent)
    machine.leave()
    return new ArrayValue(kept)
  }
  if (!(value instanceof ObjectValue)) return value
  machine.enter()
  const fields = new Map<string, Lazy>()
  for (const name of visibleFields(value)) {
    const pruned = prune(machine, machine.field(value, name))
    if (hasContent(pruned)) fields.set(name, pruned)
  }
  machine.leave()
  return plainObject(fields)
}

function hasContent(value: Value): boolean {
  if (value instanceof ArrayValue) return value.items.length > 0
  if (value instanceof ObjectValue) return visibleFields(value).length > 0
  return value !== null
}
