import type { ActiveChart } from '../chart/active-chart.ts'
import type { ChartCache } from '../chart-cache.ts'
import { HelmErrors } from '../errors.ts'
import { compileSchema } from '../schema/compile-schema.ts'
import { isTable, type Table } from './load-values.ts'

/** Checks values against the `values.schema.json` of a chart and its dependencies. Throws `HELM_SCHEMA_VIOLATION` with every problem. */
export function checkSchemas(chart: ActiveChart, values: Table, cache: ChartCache): void {
  const report = reportOf(chart, values, cache)
  if (report === '') return
  throw HelmErrors.SCHEMA_VIOLATION({
    message: `values don't meet the specifications of the schema(s) in the following chart(s):\n${report}`,
  })
}

function reportOf(chart: ActiveChart, values: Table, cache: ChartCache): string {
  const { schema } = chart.chart
  const problems = schema === undefined ? undefined : cache.memo('schema', schema, () => compileSchema(schema))(values)
  const own = problems === undefined ? '' : `${chart.name}:\n${problems}\n`
  return own + chart.dependencies.map((child) => childReport(child, values, cache)).join('')
}

function childReport(child: ActiveChart, values: Table, cache: ChartCache): string {
  const inner = Object.hasOwn(values, child.name) ? values[child.name] : undefined
  if (isTable(inner)) return reportOf(child, inner, cache)
  if (inner === undefined || inner === null) return ''
  return `${child.name}:\ninvalid type for values: expected object (map), got ${Array.isArray(inner) ? '[]interface {}' : typeof inner}\n`
}
