import type { Budget } from '@driftless/foundation'
import { deepEqual } from '@driftless/kube-objects'
import { isObject } from '../../json-value.ts'
import { JqFailure } from './jq-error.ts'
import { computed, evaluate, type Found, isTruthy, iterate, typeName } from './jq-evaluate.ts'
import type { Jq } from './jq-parse.ts'
import { matchesRegex } from './jq-regex.ts'

type Call = Extract<Jq, { type: 'call' }>
type JqFunction = (args: readonly Jq[], input: Found, budget: Budget) => Found[]

const truth = (test: (value: unknown, argument: unknown) => boolean): JqFunction => {
  return (args, input, budget) => {
    const [first] = args
    if (first === undefined) throw new JqFailure('a function lacks its argument', false)
    return evaluate(first, input, budget).map(({ value }) => computed(test(input.value, value)))
  }
}

const some = (wanted: boolean): JqFunction => {
  return (args, input, budget) => {
    const [condition = { type: 'identity' } as const] = args
    const items = iterate(input, false, budget)
    const hit = items.some((item) => evaluate(condition, item, budget).some(({ value }) => isTruthy(value) === wanted))
    return [computed(hit === wanted)]
  }
}

const functions: ReadonlyMap<string, JqFunction> = new Map<string, JqFunction>([
  ['select', select],
  ['recurse', (_args, input, budget) => evaluate({ type: 'recurse' }, input, budget)],
  ['empty', () => []],
  ['not', (_args, input) => [computed(!isTruthy(input.value))]],
  ['type', (_args, input) => [computed(typeName(input.value))]],
  ['length', (_args, input) => [computed(lengthOf(input.value))]],
  ['keys', (_args, input) => [computed(isObject(input.value) ? Object.keys(input.value).sort() : [])]],
  ['ascii_downcase', (_args, input) => [computed(String(input.value).toLowerCase())]],
  ['tostring', (_args, input) => [computed(textOf(input.value))]],
  ['has', truth((value, key) => hasKey(value, key))],
  ['contains', truth((value, part) => containsValue(value, part, 0))],
  ['inside', truth((value, whole) => containsValue(whole, value, 0))],
  [
    'startswith',
    truth((value, text) => typeof value === 'string' && typeof text === 'string' && value.startsWith(text)),
  ],
  ['endswith', truth((value, text) => typeof value === 'string' && typeof text === 'string' && value.endsWith(text))],
  ['test', truth((value, regex) => testRegex(value, regex))],
  [
    'IN',
    (args, input, budget) => [
      computed(args.some((arg) => evaluate(arg, input, budget).some(({ value }) => deepEqual(value, input.value)))),
    ],
  ],
  ['any', some(true)],
  ['all', some(false)],
])

/** Calls a function of the supported part of jq. */
export function callFunction(call: Call, input: Found, budget: Budget): Found[] {
  const found = functions.get(call.name)
  if (found === undefined) throw new JqFailure(`the function "${call.name}" is not supported`, false)
  return found(call.args, input, budget)
}

function select(args: readonly Jq[], input: Found, budget: Budget): Found[] {
  const [condition] = args
  if (condition === undefined) throw new JqFailure('select needs a condition', false)
  return evaluate(condition, input, budget).flatMap(({ value }) => (isTruthy(value) ? [input] : []))
}

function testRegex(value: unknown, regex: unknown): boolean {
  if (typeof value !== 'string' || typeof regex !== 'string') throw new JqFailure('test needs texts', true)
  return matchesRegex(regex, value)
}

function hasKey(value: unknown, key: unknown): boolean {
  if (isObject(value) && typeof key === 'string') return Object.hasOwn(value, key)
  return Array.isArray(value) && typeof key === 'number' && key >= 0 && key < value.length
}

const depthLimit = 100

function containsValue(value: unknown, part: unknown, depth: number): boolean {
  if (depth > depthLimit) throw new JqFailure('contains nests too deep', true)
  if (typeof value === 'string' && typeof part === 'string') return value.includes(part)
  if (Array.isArray(value) && Array.isArray(part))
    return part.every((wanted) => value.some((item) => containsValue(item, wanted, depth + 1)))
  if (isObject(value) && isObject(part))
    return Object.keys(part).every(
      (key) => Object.hasOwn(value, key) && containsValue(value[key], part[key], depth + 1),
    )
  return deepEqual(value, part)
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  if (isObject(value)) return Object.keys(value).length
  return typeof value === 'number' ? Math.abs(value) : 0
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
