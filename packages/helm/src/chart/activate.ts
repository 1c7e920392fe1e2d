import { createConstraint, parseVersion } from '@driftless/foundation'
import type { HelmVersion } from '../engine/helm-version.ts'
import { coalesceTables, coalesceValues, copyValues, mergeValues } from '../values/coalesce.ts'
import { isTable, setValue, type Table } from '../values/load-values.ts'
import type { ActiveChart } from './active-chart.ts'
import type { Chart } from './chart.ts'
import type { Dependency, Metadata } from './metadata.ts'

/** Whether a version lies in a constraint; false when either cannot be read. */
export function isCompatible(constraint: string, version: string): boolean {
  try {
    return createConstraint(constraint).matches(parseVersion(version))
  } catch {
    return false
  }
}

/** A chart while its dependencies are being chosen. */
interface Draft extends ActiveChart {
  readonly chart: Chart
  name: string
  metadata: Metadata
  values: Table
  dependencies: Draft[]
  fullPath: string
}

/** Chooses the dependencies that the values leave enabled, names aliases and imports child values, as Helm does before it renders. */
export function activateChart(chart: Chart, values: Table, helm: HelmVersion): ActiveChart {
  const root = draft(chart)
  chooseDependencies(root, { values, path: '', helm })
  importValues(root, helm)
  setPaths(root, root.name)
  return root
}

function draft(chart: Chart, alias = ''): Draft {
  const metadata = alias === '' ? chart.metadata : { ...chart.metadata, name: alias }
  return {
    chart,
    name: metadata.name,
    metadata,
    values: chart.values as Table,
    dependencies: chart.dependencies.map((child) => draft(child)),
    fullPath: '',
  }
}

function setPaths(chart: Draft, path: string): void {
  chart.fullPath = path
  for (const child of chart.dependencies) setPaths(child, `${path}/charts/${child.name}`)
}

const nameOf = (dependency: Dependency) => dependency.alias || dependency.name

function chooseDependencies(chart: Draft, given: { values: Table; path: string; helm: HelmVersion }): void {
  const { values, path, helm } = given
  const declared = chart.metadata.dependencies
  if (declared === undefined) return
  const fits = (child: Draft, dependency: Dependency) =>
    child.name === dependency.name && isCompatible(dependency.version, child.metadata.version)
  const undeclared = chart.dependencies.filter((child) => !declared.some((dependency) => fits(child, dependency)))
  const found = declared.flatMap((dependency) => {
    const child = chart.dependencies.find((candidate) => fits(candidate, dependency))
    return child === undefined ? [] : [draft(child.chart, dependency.alias)]
  })
  chart.dependencies = [...undeclared, ...found]
  const coalesced = coalesceValues(chart, values, helm)
  const disabled = new Set(declared.filter((dependency) => !isEnabled(dependency, coalesced, path)).map(nameOf))
  chart.dependencies = chart.dependencies.filter((child) => !disabled.has(child.name))
  for (const child of chart.dependencies) {
    chooseDependencies(child, { values: coalesced, path: `${path}${child.name}.`, helm })
  }
  const kept = declared.filter((dependency) => !disabled.has(nameOf(dependency)))
  chart.metadata = {
    ...chart.metadata,
    dependencies:
      kept.length === 0 ? undefined : kept.map((dependency) => ({ ...dependency, name: nameOf(dependency) })),
  }
}

function isEnabled(dependency: Dependency, values: Table, path: string): boolean {
  for (const condition of dependency.condition.trim().split(',')) {
    if (condition === '') continue
    const value = valueAt(values, `${path}${condition}`)
    if (typeof value === 'boolean') return value
  }
  const tags = Object.hasOwn(values, 'tags') && isTable(values.tags) ? values.tags : undefined
  if (tags === undefined) return true
  const flags = dependency.tags.map((tag) => (Object.hasOwn(tags, tag) ? tags[tag] : undefined))
  return flags.includes(true) || !flags.includes(false)
}

/** What lies at a dotted path, when it is no table. */
function valueAt(values: Table, path: string): unknown {
  const keys = path.split('.')
  const last = keys.pop() as string
  const table = tableAt(values, keys)
  const value = table !== undefined && Object.hasOwn(table, last) ? table[last] : undefined
  return isTable(value) ? undefined : value
}

function tableAt(values: Table, keys: readonly string[]): Table | undefined {
  let table: Table = values
  for (const key of keys) {
    const next = Object.hasOwn(table, key) ? table[key] : undefined
    if (!isTable(next)) return undefined
    table = next
  }
  return table
}

function importValues(chart: Draft, helm: HelmVersion): void {
  const rules = { keepNull: true, helm }
  for (const child of chart.dependencies) importValues(child, helm)
  const declared = chart.metadata.dependencies
  if (declared === undefined) return
  const merged = mergeValues(chart, {}, helm)
  let imported: Table = {}
  for (const dependency of declared) {
    for (const entry of dependency.importValues) {
      const { child, parent } = typeof entry === 'string' ? { child: `exports.${entry}`, parent: '.' } : entry
      const table = tableAt(merged, `${dependency.name}.${child}`.split('.'))
      if (table !== undefined) imported = coalesceTables(imported, nest(parent, table), rules)
    }
  }
  chart.values = coalesceTables(copyValues(merged), imported, rules)
}

function nest(path: string, table: Table): Table {
  if (path === '.') return table
  return path.split('.').reduceRight<Table>((inner, key) => {
    const outer: Table = {}
    setValue(outer, key, inner)
    return outer
  }, table)
}
