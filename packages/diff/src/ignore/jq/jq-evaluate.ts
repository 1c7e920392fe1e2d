import type { Budget } from '@driftless/foundation'
import { canonicalJson, deepEqual } from '@driftless/kube-objects'
import { isObject } from '../../json-value.ts'
import { JqFailure } from './jq-error.ts'
import { callFunction } from './jq-functions.ts'
import type { Jq } from './jq-parse.ts'

export type Path = readonly (string | number)[]

/** A value with the way to it; computed values have none. */
export interface Found {
  readonly value: unknown
  readonly path: Path | undefined
}

/** Evaluates an expression on one input; every result costs a step of the budget. */
export function evaluate(expression: Jq, input: Found, budget: Budget): Found[] {
  budget.spend(1)
  switch (expression.type) {
    case 'identity':
      return [input]
    case 'literal':
      return [{ value: expression.value, path: undefined }]
    case 'recurse':
      return recurse(input, budget)
    case 'pipe':
      return evaluate(expression.left, input, budget).flatMap((found) => evaluate(expression.right, found, budget))
    case 'comma':
      return [...evaluate(expression.left, input, budget), ...evaluate(expression.right, input, budget)]
    case 'alternative': {
      const good = tolerant(() => evaluate(expression.left, input, budget)).filter(({ value }) => isTruthy(value))
      return good.length > 0 ? good : evaluate(expression.right, input, budget)
    }
    case 'and':
    case 'or':
      return combine(expression, input, budget)
    case 'compare':
      return evaluate(expression.right, input, budget).flatMap((right) =>
        evaluate(expression.left, input, budget).map((left) =>
          computed(compareValues(expression.operator, left.value, right.value)),
        ),
      )
    case 'index':
    case 'iterate':
    case 'slice':
      return evaluate(expression.of, input, budget).flatMap((found) => step(expression, found, { input, budget }))
    case 'call':
      return callFunction(expression, input, budget)
  }
}

/** jq's truth: everything but false and null. */
export function isTruthy(value: unknown): boolean {
  return value !== false && value !== null && value !== undefined
}

/** A value that lies nowhere in the document. */
export function computed(value: unknown): Found {
  return { value, path: undefined }
}

function tolerant(read: () => Found[]): Found[] {
  try {
    return read()
  } catch (error) {
    if (error instanceof JqFailure) return []
    throw error
  }
}

function combine(expression: { type: 'and' | 'or'; left: Jq; right: Jq }, input: Found, budget: Budget): Found[] {
  return evaluate(expression.left, input, budget).flatMap(({ value }) => {
    if (isTruthy(value) === (expression.type === 'or')) return [computed(expression.type === 'or')]
    return evaluate(expression.right, input, budget).map((right) => computed(isTruthy(right.value)))
  })
}

type Step = Extract<Jq, { type: 'index' | 'iterate' | 'slice' }>

function step(expression: Step, found: Found, context: { input: Found; budget: Budget }): Found[] {
  if (expression.type === 'iterate') return iterate(found, expression.optional, context.budget)
  if (expression.type === 'slice') return slice(found, expression)
  return evaluate(expression.key, context.input, context.budget).flatMap(({ value: key }) =>
    indexInto(found, key, expression.optional),
  )
}

function indexInto(found: Found, key: unknown, optional: boolean): Found[] {
  const { value } = found
  if (typeof key === 'string' && (isObject(value) || value === null || value === undefined)) {
    const child = isObject(value) && Object.hasOwn(value, key) ? value[key] : null
    return [{ value: child, path: extend(found.path, key) }]
  }
  if (typeof key === 'number' && (Array.isArray(value) || value === null || value === undefined)) {
    const list = Array.isArray(value) ? value : []
    const at = Math.floor(key) < 0 ? list.length + Math.floor(key) : Math.floor(key)
    return [{ value: list[at] ?? null, path: extend(found.path, at) }]
  }
  if (optional) return []
  throw new JqFailure(`a ${typeName(value)} cannot be indexed with ${JSON.stringify(key)}`, true)
}

/** The children of a list or an object, in order. */
export function iterate(found: Found, optional: boolean, budget: Budget): Found[] {
  const { value } = found
  if (Array.isArray(value)) {
    budget.spend(value.length)
    return value.map((item: unknown, at) => ({ value: item, path: extend(found.path, at) }))
  }
  if (isObject(value)) {
    const names = Object.keys(value)
    budget.spend(names.length)
    return names.map((name) => ({ value: value[name], path: extend(found.path, name) }))
  }
  if (optional) return []
  throw new JqFailure(`a ${typeName(value)} has nothing to go through`, true)
}

function slice(found: Found, { from, to }: { from: number | undefined; to: number | undefined }): Found[] {
  if (!Array.isArray(found.value)) return []
  const list: readonly unknown[] = found.value
  const clamp = (index: number) => Math.max(0, Math.min(list.length, index < 0 ? list.length + index : index))
  const start = clamp(from ?? 0)
  const end = clamp(to ?? list.length)
  return list.slice(start, end).map((value, at) => ({ value, path: extend(found.path, start + at) }))
}

function recurse(input: Found, budget: Budget): Found[] {
  const all: Found[] = [input]
  for (let at = 0; at < all.length; at += 1) {
    const found = all[at]
    if (found !== undefined && typeof found.value === 'object' && found.value !== null)
      all.push(...iterate(found, true, budget))
  }
  return all
}

function extend(path: Path | undefined, key: string | number): Path | undefined {
  return path === undefined ? undefined : [...path, key]
}

function compareValues(operator: string, left: unknown, right: unknown): boolean {
  if (operator === '==') return deepEqual(left, right)
  if (operator === '!=') return !deepEqual(left, right)
  const order = orderOf(left, right)
  if (operator === '<') return order < 0
  if (operator === '<=') return order <= 0
  return operator === '>' ? order > 0 : order >= 0
}

const typeOrder = ['null', 'boolean', 'number', 'string', 'array', 'object']

function orderOf(left: unknown, right: unknown): number {
  const byType = typeOrder.indexOf(typeName(left)) - typeOrder.indexOf(typeName(right))
  if (byType !== 0) return byType
  if (typeof left === 'number' && typeof right === 'number') return left - right
  const [a, b] = typeof left === 'string' ? [left, String(right)] : [canonicalJson(left), canonicalJson(right)]
  return a === b ? 0 : a < b ? -1 : 1
}

/** The name of a value's type in jq's words. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
