import { fromPlain, Int, sprintf } from '@driftless/go-template'
import type { ActiveChart } from '../chart/active-chart.ts'
import type { HelmVersion } from '../engine/helm-version.ts'
import { HelmErrors } from '../errors.ts'
import { isTable, setValue, type Table } from './load-values.ts'

/** A deep copy of values. */
export function copyValues<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyValues) as T
  if (!isTable(value) || value instanceof Int) return value
  const copy: Table = {}
  for (const key of Object.keys(value)) setValue(copy, key, copyValues(value[key]))
  return copy as T
}

/** Values of a chart tree: given values over chart defaults, with nulls deleting what they name. */
export function coalesceValues(chart: ActiveChart, values: Table, helm: HelmVersion): Table {
  return coalesce(chart, copyValues(values), { keepNull: false, helm })
}

/** As {@link coalesceValues}, but nulls stay. */
export function mergeValues(chart: ActiveChart, values: Table, helm: HelmVersion): Table {
  return coalesce(chart, copyValues(values), { keepNull: true, helm })
}

/** How nulls are treated: kept, or deleting what they name; Helm 4 also drops nulls of the defaults themselves. */
export interface NullRules {
  readonly keepNull: boolean
  readonly helm: HelmVersion
}

function coalesce(chart: ActiveChart, dest: Table, rules: NullRules): Table {
  addDefaults(chart, dest, rules)
  for (const child of chart.dependencies) {
    const present = Object.hasOwn(dest, child.name) ? dest[child.name] : undefined
    if (present !== undefined && !isTable(present)) {
      const shown = sprintf('%t', [fromPlain(present)])
      throw HelmErrors.VALUES_INVALID({
        message: `chart dependencies processing failed: type mismatch on ${child.name}: ${shown}`,
      })
    }
    const table = present ?? {}
    setValue(dest, child.name, table)
    addGlobals(table, dest, rules.helm)
    setValue(dest, child.name, coalesce(child, table, rules))
  }
  return dest
}

/** Gives a child chart the globals of its parent; the parent's win. */
function addGlobals(dest: Table, source: Table, helm: HelmVersion): void {
  const target = Object.hasOwn(dest, 'global') ? dest.global : {}
  const globals = Object.hasOwn(source, 'global') ? source.global : {}
  if (!isTable(target) || !isTable(globals)) return
  for (const key of Object.keys(globals)) {
    const value = globals[key]
    const present = Object.hasOwn(target, key) ? target[key] : undefined
    if (!isTable(value)) {
      if (!isTable(present)) setValue(target, key, value)
      continue
    }
    const copy = { ...value }
    if (present === undefined) setValue(target, key, copy)
    else if (isTable(present)) setValue(target, key, coalesceTables(copy, present, { keepNull: true, helm }))
  }
  dest.global = target
}

function addDefaults(chart: ActiveChart, values: Table, rules: NullRules): void {
  const { keepNull, helm } = rules
  const cleans = !keepNull && helm === '4'
  const defaults = copyValues(chart.values) as Table
  for (const key of Object.keys(defaults)) {
    const fallback = defaults[key]
    if (!Object.hasOwn(values, key)) {
      if (cleans) {
        if (fallback === null) continue
        if (isTable(fallback)) dropNulls(fallback)
      }
      setValue(values, key, fallback)
      continue
    }
    const value = values[key]
    if (value === null && !keepNull) delete values[key]
    else if (isTable(value) && isTable(fallback)) {
      const keep = keepNull || chart.dependencies.some((child) => child.name === key)
      if (!keep && helm === '4') dropNulls(fallback)
      coalesceTables(value, fallback, { keepNull: keep, helm })
    }
  }
}

/** Adds to `dest` what it lacks of `source`; unless nulls are kept, a null in `dest` deletes a default. Both are changed. */
export function coalesceTables(dest: Table, source: Table, rules: NullRules): Table {
  const { keepNull, helm } = rules
  const named = new Set(Object.keys(source).filter((key) => source[key] !== null))
  for (const key of Object.keys(dest)) if (dest[key] === null) setValue(source, key, null)
  for (const key of Object.keys(source)) {
    const value = source[key]
    const present = Object.hasOwn(dest, key)
    if (present && !keepNull && dest[key] === null && (helm === '3' || named.has(key))) delete dest[key]
    else if (!present) setValue(dest, key, value)
    else if (isTable(value) && isTable(dest[key])) coalesceTables(dest[key], value, rules)
  }
  return dest
}

function dropNulls(table: Table): void {
  for (const key of Object.keys(table)) {
    const value = table[key]
    if (value === null) delete table[key]
    else if (isTable(value)) dropNulls(value)
  }
}
