import {
  fromPlain,
  type GoMap,
  type GoMethod,
  type GoValue,
  isMap,
  type NamedMap,
  namedMap,
  toPlain,
  typedMap,
} from '@driftless/go-template'
import { printYaml } from '@driftless/kube-objects'
import type { ActiveChart } from '../chart/active-chart.ts'
import type { ChartFile } from '../chart/chart.ts'
import type { Dependency, Metadata } from '../chart/metadata.ts'
import { ChartFiles } from './chart-files.ts'

/** A template file with the scope it runs in. */
export interface ScopedTemplate {
  /** `parent/charts/child/templates/x.yaml`. */
  readonly name: string
  readonly file: ChartFile
  readonly scope: Scope
}

/** What a chart's templates see as `.`; shared by all files of a chart. */
export interface Scope {
  readonly context: GoMap
  readonly basePath: string
}

const yamlMethod: GoMethod = { params: [], call: (receiver) => printYaml(toPlain(receiver)) }
const asMapMethod: GoMethod = { params: [], call: (receiver) => ({ ...(receiver as GoMap) }) }

/** Helm's named type of values. */
export const valuesType: NamedMap = { name: 'common.Values', methods: { YAML: yamlMethod, AsMap: asMapMethod } }

/** Scopes of a chart and its enabled dependencies; dependencies first, as their scopes are part of `.Subcharts`. */
export function scopeTemplates(
  chart: ActiveChart,
  top: { release: GoMap; capabilities: GoValue; values: GoMap },
): ScopedTemplate[] {
  const found: ScopedTemplate[] = []
  enter({ chart, isRoot: true, values: top.values }, top, found)
  return found
}

function enter(
  place: { chart: ActiveChart; isRoot: boolean; values: GoMap },
  top: { release: GoMap; capabilities: GoValue },
  found: ScopedTemplate[],
): GoMap {
  const { chart, isRoot } = place
  const subcharts: GoMap = {}
  const context: GoMap = {
    Chart: { ...describeChart(chart.metadata), IsRoot: isRoot },
    Files: ChartFiles.of(chart.chart.files),
    Release: top.release,
    Capabilities: top.capabilities,
    Values: namedMap(isRoot ? place.values : { ...place.values }, valuesType),
    Subcharts: subcharts,
  }
  for (const child of chart.dependencies) {
    subcharts[child.name] = enter(
      { chart: child, isRoot: false, values: childValues(place.values, child.name) },
      top,
      found,
    )
  }
  const scope = { context, basePath: `${chart.fullPath}/templates` }
  const isLibrary = chart.metadata.type.toLowerCase() === 'library'
  for (const file of chart.chart.templates) {
    const isPartial = file.path.slice(file.path.lastIndexOf('/') + 1).startsWith('_')
    if (!isLibrary || isPartial) found.push({ name: `${chart.fullPath}/${file.path}`, file, scope })
  }
  return context
}

function childValues(values: GoMap, name: string): GoMap {
  const value = Object.hasOwn(values, name) ? values[name] : undefined
  return typeof value === 'object' && value !== null && isMap(value) ? value : {}
}

/** `.Chart`: the fields of `Chart.yaml` under their Go names. */
function describeChart(metadata: Metadata): GoMap {
  return {
    Name: metadata.name,
    Home: metadata.home,
    Sources: [...metadata.sources],
    Version: metadata.version,
    Description: metadata.description,
    Keywords: [...metadata.keywords],
    Maintainers: metadata.maintainers.map(({ name, email, url }) => ({ Name: name, Email: email, URL: url })),
    Icon: metadata.icon,
    APIVersion: metadata.apiVersion,
    Condition: metadata.condition,
    Tags: metadata.tags,
    AppVersion: metadata.appVersion,
    Deprecated: metadata.deprecated,
    Annotations: typedMap({ ...metadata.annotations }, 'string'),
    KubeVersion: metadata.kubeVersion,
    Dependencies: (metadata.dependencies ?? []).map(describeDependency),
    Type: metadata.type,
  }
}

function describeDependency(dependency: Dependency): GoMap {
  return {
    Name: dependency.name,
    Version: dependency.version,
    Repository: dependency.repository,
    Condition: dependency.condition,
    Tags: [...dependency.tags],
    Enabled: true,
    ImportValues: dependency.importValues.map((entry) =>
      typedMap(typeof entry === 'string' ? { child: `exports.${entry}`, parent: '.' } : { ...entry }, 'string'),
    ),
    Alias: dependency.alias,
  }
}

/** Values as templates see them. */
export function templateValues(values: unknown): GoMap {
  return fromPlain(values) as GoMap
}
