import type { KubeObject } from '@driftless/kube-objects'
import type { ApplicationSource } from '@driftless/model'
import type { BuildEnvironment } from '../source/build-environment.ts'
import type { SourceJob, SourceTrees } from '../source/job.ts'

/** What a tool is given. */
export interface ToolRequest {
  readonly job: SourceJob
  /** The source with the repository's overrides applied. */
  readonly source: ApplicationSource
  /** Real directory of the source in its tree. */
  readonly directory: string
  readonly trees: SourceTrees
  readonly environment: BuildEnvironment
}

/** A way to turn a directory into manifests; pure, and lets `FileNotLoaded` pass. */
export type Tool = (request: ToolRequest) => { readonly objects: KubeObject[]; readonly commands: string[] }
