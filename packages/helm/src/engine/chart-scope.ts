import { fromPlain, type GoMap, type GoValue, isMap, namedMap } from '@driftless/go-template'
import type { ActiveChart } from '../chart/active-chart.ts'
import type { ChartCache } from '../chart-cache.ts'
import { ChartFiles } from './chart-files.ts'
import { chartMap, chartStruct } from './describe-chart.ts'
import type { HelmVersion } from './helm-version.ts'
import type { TemplateSource } from './render-templates.ts'
import { valuesTypes } from './values-type.ts'

/** What all templates of a render share. */
export interface ScopeOptions {
  readonly release: GoMap
  readonly capabilities: GoValue
  readonly values: GoMap
  readonly helm: HelmVersion
  readonly cache: ChartCache
}

/** Templates of a chart and its enabled dependencies with their scopes; files of one chart share a scope. */
export function scopeTemplates(chart: ActiveChart, options: ScopeOptions): TemplateSource[] {
  const found: TemplateSource[] = []
  enter({ chart, isRoot: true, values: options.values }, options, found)
  return found
}

function enter(
  place: { chart: ActiveChart; isRoot: boolean; values: GoMap },
  options: ScopeOptions,
  found: TemplateSource[],
): GoMap {
  const { chart, isRoot, values } = place
  const subcharts: GoMap = {}
  const context: GoMap = {
    Chart: options.helm === '3' ? chartStruct(chart.metadata, isRoot) : chartMap(chart.metadata, isRoot),
    Files: ChartFiles.of(chart.chart.files),
    Release: options.release,
    Capabilities: options.capabilities,
    Values: namedMap(isRoot ? values : { ...values }, valuesTypes[options.helm]),
    Subcharts: subcharts,
  }
  for (const child of chart.dependencies) {
    subcharts[child.name] = enter(
      { chart: child, isRoot: false, values: childValues(values, child.name) },
      options,
      found,
    )
  }
  const basePath = `${chart.fullPath}/templates`
  const isLibrary = chart.metadata.type.toLowerCase() === 'library'
  for (const { path, content } of chart.chart.templates) {
    const isPartial = path.slice(path.lastIndexOf('/') + 1).startsWith('_')
    if (!isLibrary || isPartial)
      found.push({ name: `${chart.fullPath}/${path}`, text: options.cache.text(content), basePath, context })
  }
  return context
}

function childValues(values: GoMap, name: string): GoMap {
  const value = Object.hasOwn(values, name) ? values[name] : undefined
  return typeof value === 'object' && value !== null && isMap(value) ? value : {}
}

/** Values as templates see them. */
export function templateValues(values: unknown): GoMap {
  return fromPlain(values) as GoMap
}
