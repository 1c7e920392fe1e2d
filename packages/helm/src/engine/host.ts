import type { CompiledTemplate, FunctionTable, GoValue } from '@driftless/go-template'
import type { ChartCache } from '../chart-cache.ts'

/** Finds objects of the target cluster for `lookup`; an empty name asks for a list. */
export type Lookup = (apiVersion: string, kind: string, namespace: string, name: string) => unknown

/** What Helm's functions need of the render they run in. */
export interface HelmHost {
  readonly cache: ChartCache
  readonly functions: FunctionTable
  readonly lookup: Lookup | undefined
  /** Failing functions only warn. */
  readonly lint: boolean
  /** How often each template is being included right now. */
  readonly included: Map<string, number>
}

/** Everything a template of a chart sees as `.`. */
export interface Renderable {
  readonly template: CompiledTemplate
  readonly name: string
  readonly basePath: string
  readonly context: Record<string, GoValue>
}
