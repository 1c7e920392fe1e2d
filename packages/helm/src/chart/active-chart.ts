import type { Table } from '../values/load-values.ts'
import type { Chart } from './chart.ts'
import type { Dependency, Metadata } from './metadata.ts'

/** A chart on its way through one render: aliases named, disabled dependencies gone, values imported. */
export interface ActiveChart {
  readonly chart: Chart
  /** The chart's name, or the alias its parent gives it. */
  readonly name: string
  readonly metadata: Metadata
  readonly values: Table
  readonly dependencies: readonly ActiveChart[]
  /** What its parents call it: `parent/charts/child`. */
  readonly fullPath: string
}

/** A dependency that the values left enabled. */
export interface EnabledDependency extends Dependency {
  /** Alias or name. */
  readonly effectiveName: string
}
