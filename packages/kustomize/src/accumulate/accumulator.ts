import { emptyConfig, mergeConfigs, type TransformerConfig } from '../config/transformer-config.ts'
import type { HelmSettings } from '../generators/helm-chart.ts'
import type { Kustomization } from '../load/kustomization.ts'
import type { Loader } from '../load/loader.ts'
import type { Origin } from '../resources/origin.ts'
import { ResourceSet } from '../resources/resource-set.ts'
import { builtInMergeSchema, type MergeSchema } from '../schema/merge-schema.ts'
import { mergeVariables, type Variable } from '../variables/variable.ts'

/** Objects on their way, with what was configured for them so far. */
export class Accumulator {
  readonly resources = new ResourceSet()
  readonly variables = new Map<string, Variable>()
  config: TransformerConfig = emptyConfig

  /** Takes over what another directory made. */
  merge(other: Accumulator): void {
    this.resources.append(...other.resources.list)
    this.config = mergeConfigs(this.config, other.config)
    mergeVariables(this.variables, other.variables.values())
  }
}

/** What all directories of one build share. */
export interface BuildState {
  readonly helm: HelmSettings | undefined
  /** Of the outermost kustomization, for all. */
  readonly tracksOrigins: boolean
  /** The first `openapi` that is met counts, for everything after it. */
  schema: MergeSchema
  hasOwnSchema: boolean
}

/** The state at the start of a build. */
export function startState(options: { helm: HelmSettings | undefined; tracksOrigins: boolean }): BuildState {
  return { ...options, schema: builtInMergeSchema, hasOwnSchema: false }
}

/** One directory that is being built. */
export interface Target {
  readonly loader: Loader
  readonly kustomization: Kustomization
  /** Name of the kustomization's file. */
  readonly file: string
  readonly origin: Origin
  /** Namespace of the directories above, for charts without one. */
  readonly outerNamespace: string
  readonly state: BuildState
}
