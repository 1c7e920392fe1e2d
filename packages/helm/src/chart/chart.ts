import type { Metadata } from './metadata.ts'

/** A file of a chart, by its path inside the chart. */
export interface ChartFile {
  readonly path: string
  readonly content: Uint8Array
}

/** A chart as loaded: nothing of it depends on the values of a render. */
export interface Chart {
  readonly metadata: Metadata
  /** Default values. */
  readonly values: Readonly<Record<string, unknown>>
  /** Text of `values.schema.json`. */
  readonly schema: string | undefined
  readonly templates: readonly ChartFile[]
  /** Everything that is no template, value file, chart file or dependency. */
  readonly files: readonly ChartFile[]
  /** Charts under `charts/`, enabled or not. */
  readonly dependencies: readonly Chart[]
}
