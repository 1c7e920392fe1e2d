import { FunctionError } from '../../errors.ts'
import type { GoValue } from '../../value/go-value.ts'
import { isTrue } from '../../value/truth.ts'
import { readJson, writeJson } from '../json.ts'
import { fn, type TemplateFunction, variadic } from '../signature.ts'

const pretty = { indent: '  ', escapeHtml: true }
const raw = { indent: '', escapeHtml: false }

/** Empty text where Go's variant without `must` swallows the error. */
function swallow<T extends GoValue>(make: () => T, fallback: T): T {
  try {
    return make()
  } catch (thrown) {
    if (thrown instanceof FunctionError) return fallback
    throw thrown
  }
}

/** Defaults, emptiness, choice and JSON functions of sprig. */
export const defaults: Readonly<Record<string, TemplateFunction>> = {
  default: variadic(['any'], 'any', ([fallback], [given]) => (isTrue(given) ? given : fallback)),
  empty: fn(['any'], (value) => !isTrue(value)),
  coalesce: variadic([], 'any', (_fixed, values) => values.find(isTrue) ?? null),
  all: variadic([], 'any', (_fixed, values) => values.every(isTrue)),
  any: variadic([], 'any', (_fixed, values) => values.some(isTrue)),
  ternary: fn(['any', 'any', 'bool'], (yes, no, condition) => (condition ? yes : no)),
  fail: fn(['string'], (message) => {
    throw new FunctionError(message)
  }),
  fromJson: fn(['string'], (text) => swallow(() => readJson(text), null)),
  mustFromJson: fn(['string'], readJson),
  toJson: fn(['any'], (value) => swallow(() => writeJson(value), '')),
  mustToJson: fn(['any'], (value) => writeJson(value)),
  toPrettyJson: fn(['any'], (value) => swallow(() => writeJson(value, pretty), '')),
  mustToPrettyJson: fn(['any'], (value) => writeJson(value, pretty)),
  toRawJson: fn(['any'], (value) => writeJson(value, raw)),
  mustToRawJson: fn(['any'], (value) => writeJson(value, raw)),
}
