import type { GitRemote } from '@driftless/git'
import type { KubeObject } from '@driftless/kube-objects'
import type { ApplicationSource, SourceType } from '@driftless/model'
import type { ToolSettings } from './source/job.ts'

/** A source of an application at a commit. */
export interface RenderSourceRequest {
  readonly application: {
    /** `<name>`, or `<namespace>_<name>` outside the control-plane namespace. */
    readonly instanceName: string
    /** Of the destination. */
    readonly namespace: string
    readonly project: string
  }
  readonly source: ApplicationSource
  readonly sha: string
  readonly remote: GitRemote
  /** The other sources by their `ref`, at their commits. */
  readonly references?: Readonly<Record<string, { readonly remote: GitRemote; readonly sha: string }>>
  /** Of the destination cluster. */
  readonly kubeVersion?: string
  readonly apiVersions?: readonly string[]
  readonly settings?: ToolSettings
  /** Renders even if the same was rendered before. */
  readonly noCache?: boolean
}

/** What a source renders to. */
export interface RenderedSource {
  /** In the tool's order; parsed on first use and shared between callers: do not change them. */
  readonly objects: KubeObject[]
  /** SHA-256 of the canonical JSON of each object, in the same order. */
  readonly hashes: string[]
  readonly sourceType: SourceType
  /** Paths in the repository that decide the result: files, and directories (ending in `/`) whose names were listed; `$ref/…` for other sources. */
  readonly filesRead: string[]
  /** Equal for equal inputs and equal contents of all that was read. */
  readonly contentKey: string
  readonly cached: boolean
  readonly commands: string[]
}
