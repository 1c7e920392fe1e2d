import { formatKey, type KubeObject, type ObjectKey } from '@driftless/kube-objects'
import type { SyncPhase, SyncResource } from '@driftless/model'
import type { HookDeletePolicy } from './hook.ts'

/** How a sync was asked for. */
export interface SyncOptions {
  readonly prune: boolean
  readonly dryRun?: boolean
  /** `apply` runs no hooks; default `hook`. */
  readonly strategy?: 'apply' | 'hook'
  readonly force?: boolean
  /** Syncs only these, without hooks. */
  readonly resources?: readonly SyncResource[]
  /** Options of the application as `Key=value`. */
  readonly syncOptions?: readonly string[]
}

/** What happens to one object in one phase. */
export interface SyncTask {
  readonly phase: SyncPhase
  /** The wave it runs in, after mirroring and lifting. */
  readonly wave: number
  readonly key: ObjectKey
  readonly version: string
  /** Absent: the object is pruned. */
  readonly target?: KubeObject
  readonly live?: KubeObject
  /** Set for hooks. */
  readonly hookType?: SyncPhase
  readonly deletePolicies?: readonly HookDeletePolicy[]
  /** False when live equals desired. */
  readonly modified?: boolean
  /** Reason why a prune candidate stays. */
  readonly pruneSkipped?: string
  /** True when the prune waits for somebody's word. */
  readonly needsConfirmation?: boolean
  /** True when the kind does not exist yet, so that nothing can be tried before. */
  readonly skipDryRun?: boolean
  /** True for the destination namespace that CreateNamespace adds. */
  readonly createsNamespace?: boolean
}

/** A sync as data: nothing in it depends on time or chance but what was given. */
export interface SyncPlan {
  /** In order. */
  readonly tasks: readonly SyncTask[]
  /** The same tasks by phase and wave, in order. */
  readonly waves: readonly SyncWave[]
  readonly problems: readonly PlanProblem[]
  readonly options: SyncOptions
  readonly revision: string
}

export interface SyncWave {
  readonly phase: SyncPhase
  readonly wave: number
  readonly tasks: readonly SyncTask[]
}

/** Why a plan cannot be carried out. */
export interface PlanProblem {
  /** `formatKey` of the object. */
  readonly object: string
  readonly message: string
}

/** True when the task removes an object. */
export function isPrune(task: Pick<SyncTask, 'target'>): boolean {
  return task.target === undefined
}

/** Tells a task from all others of its plan. */
export function taskId(task: Pick<SyncTask, 'key' | 'phase'>): string {
  return `${formatKey(task.key)}/${task.phase}`
}
