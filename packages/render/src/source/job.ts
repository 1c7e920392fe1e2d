import type { FileTree } from '@driftless/foundation'
import type { KubeObject } from '@driftless/kube-objects'
import type { ApplicationSource, SourceType } from '@driftless/model'

/** What the administrator has set for the tools (spec: objects §5). */
export interface ToolSettings {
  /** Tools that are switched off; what they would render is read as a plain directory. */
  readonly disabled?: readonly SourceType[]
  /** Flags of `kustomize build`, such as `--enable-helm`. */
  readonly kustomizeBuildOptions?: string
}

/** Sizes that one render keeps to. */
export interface SourceLimits {
  /** Most bytes of manifests that a directory source reads. */
  readonly manifestBytes: number
  /** Most bytes that a source renders to. */
  readonly outputBytes: number
}

/** Everything that decides what a source renders to, but for the files; plain data. */
export interface SourceJob {
  readonly application: { readonly instanceName: string; readonly namespace: string; readonly project: string }
  readonly source: ApplicationSource
  readonly sha: string
  readonly kubeVersion?: string | undefined
  readonly apiVersions?: readonly string[] | undefined
  readonly settings: ToolSettings
  readonly limits: SourceLimits
  /** The instant that templates see as now, RFC 3339. */
  readonly now: string
}

/** The files that a source may read: its own repository, and those that `$ref` names. */
export interface SourceTrees {
  readonly own: FileTree
  readonly references: Readonly<Record<string, FileTree>>
}

/** What a source renders to. */
export interface SourceResult {
  readonly type: SourceType
  readonly objects: KubeObject[]
  /** The command lines that would do the same. */
  readonly commands: string[]
  /** Whether the result depends on the SHA itself, through the build environment. */
  readonly usesRevision: boolean
}
