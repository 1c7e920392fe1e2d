import { formatKey, gvkOf, type KubeObject, keyOf, type ObjectKey } from '@driftless/kube-objects'
import type { SyncPhase, SyncResource } from '@driftless/model'
import { hookDeletePolicies, hookFinalizer, isHook, syncPhases } from './hook.ts'
import { namespaceTask } from './namespace-task.ts'
import { orderTasks } from './order-tasks.ts'
import { findProblems } from './problems.ts'
import { optionValue } from './sync-option.ts'
import { type SyncOptions, type SyncPlan, type SyncTask, type SyncWave, taskId } from './sync-task.ts'

/** Everything a plan depends on. */
export interface PlanRequest {
  /** `modified: false` says that live equals desired. */
  readonly targets: readonly { readonly object: KubeObject; readonly modified?: boolean }[]
  /** Counterparts of the targets, and what else the application may own. */
  readonly live: readonly KubeObject[]
  /** The destination namespace. */
  readonly namespace: string
  readonly options: SyncOptions
  /** True when a live object belongs to this application, so that it may be pruned; absent: all do. */
  readonly trackingOf?: (object: KubeObject) => boolean
  /** Where the cluster serves a kind; undefined when it does not know it. */
  readonly scopeOf: (kind: { group: string; version: string; kind: string }) => 'Namespaced' | 'Cluster' | undefined
  /** Why the project refuses an object; undefined when it permits it. */
  readonly permitted?: (object: KubeObject) => string | undefined
  readonly revision: string
  /** RFC 3339. */
  readonly startedAt: string
  /** The destination namespace's object, where it exists but is not among `live`. */
  readonly destinationNamespace?: KubeObject
  /** Labels and annotations that CreateNamespace keeps on the destination namespace. */
  readonly namespaceMetadata?: { labels?: Record<string, string>; annotations?: Record<string, string> }
}

/** A task before it has its wave. */
export type DraftTask = Omit<SyncTask, 'wave'>

/** Plans a sync: what is applied, run and pruned, in which phase, wave and order, and what stands against it. */
export function planSync(request: PlanRequest): SyncPlan {
  const { options } = request
  const liveByKey = new Map(request.live.map((object) => [formatKey(keyOf(object)), object]))
  const drafts = withoutRepetitions([...targetTasks(request, liveByKey), ...pruneTasks(request)])
  const chosen = drafts.filter((task) => isChosen(task.key, options.resources))
  const ready = [...namespaceTask(request, chosen), ...chosen]
  const { tasks: possible, problems } = findProblems(request, ready)
  const pruneLast = options.syncOptions?.includes('PruneLast=true') ?? false
  const tasks = orderTasks(possible, { pruneLast })
  return { tasks, waves: wavesOf(tasks), problems, options, revision: request.revision }
}

/** Groups ordered tasks by phase and wave. */
export function wavesOf(tasks: readonly SyncTask[]): SyncWave[] {
  const waves: { phase: SyncPhase; wave: number; tasks: SyncTask[] }[] = []
  for (const task of tasks) {
    const last = waves.at(-1)
    if (last !== undefined && last.phase === task.phase && last.wave === task.wave) last.tasks.push(task)
    else waves.push({ phase: task.phase, wave: task.wave, tasks: [task] })
  }
  return waves
}

function targetTasks(request: PlanRequest, liveByKey: ReadonlyMap<string, KubeObject>): DraftTask[] {
  const { options } = request
  const runsHooks = options.strategy !== 'apply' && (options.resources ?? []).length === 0
  return request.targets.flatMap(({ object, modified }) => {
    const hook = isHook(object)
    if (hook && !runsHooks) return []
    return syncPhases(object).map((phase): DraftTask => {
      const target = prepareTarget(object, { hook, phase, request })
      const key = keyOf(target)
      const live = liveByKey.get(formatKey(key))
      return {
        phase,
        key,
        version: gvkOf(target).version,
        target,
        ...(live === undefined ? {} : { live }),
        ...(hook ? { hookType: phase, deletePolicies: hookDeletePolicies(object) } : {}),
        ...(modified === undefined ? {} : { modified }),
      }
    })
  })
}

function prepareTarget(
  object: KubeObject,
  { hook, phase, request }: { hook: boolean; phase: SyncPhase; request: PlanRequest },
): KubeObject {
  const metadata = { ...object.metadata }
  const needsNamespace = metadata.namespace === undefined || metadata.namespace === ''
  if (needsNamespace && request.scopeOf(gvkOf(object)) !== 'Cluster' && request.namespace !== '')
    metadata.namespace = request.namespace
  if (hook) {
    if ((metadata.name ?? '') === '' && metadata.generateName !== undefined) {
      metadata.name = hookName(metadata.generateName, phase, request)
      delete metadata.generateName
    }
    metadata.finalizers = [...new Set([...(metadata.finalizers ?? []), hookFinalizer])]
  }
  return { ...object, metadata }
}

/** The name of a hook that has only a prefix: the same in every step of one sync, another in the next. */
function hookName(prefix: string, phase: SyncPhase, { revision, startedAt }: PlanRequest): string {
  const seconds = Math.floor(Date.parse(startedAt) / 1000)
  return `${prefix}${revision.slice(0, 7)}-${phase}-${seconds}`.toLowerCase()
}

function pruneTasks(request: PlanRequest): DraftTask[] {
  const wanted = new Set(request.targets.map(({ object }) => formatKey(keyOf(withNamespace(object, request)))))
  const { trackingOf } = request
  return request.live
    .filter((object) => !wanted.has(formatKey(keyOf(object))))
    .filter((object) => trackingOf === undefined || trackingOf(object))
    .filter((object) => !isHook(object) && syncPhases(object).length > 0)
    .map((live): DraftTask => {
      const skipped = pruneSkipped(live, request.options)
      return {
        phase: 'Sync',
        key: keyOf(live),
        version: gvkOf(live).version,
        live,
        ...(skipped === undefined ? {} : { pruneSkipped: skipped }),
        ...(skipped === undefined && needsWord(live, request.options) ? { needsConfirmation: true } : {}),
      }
    })
}

function withNamespace(object: KubeObject, request: PlanRequest): KubeObject {
  const { namespace } = object.metadata
  if ((namespace ?? '') !== '' || request.scopeOf(gvkOf(object)) === 'Cluster') return object
  return { ...object, metadata: { ...object.metadata, namespace: request.namespace } }
}

function pruneSkipped(live: KubeObject, options: SyncOptions): string | undefined {
  if (!options.prune) return 'ignored (requires pruning)'
  return optionValue('Prune', live, options.syncOptions ?? []) === 'false' ? 'ignored (no prune)' : undefined
}

function needsWord(live: KubeObject, options: SyncOptions): boolean {
  return optionValue('Prune', live, options.syncOptions ?? []) === 'confirm'
}

/** One task for each object and phase; of repeated objects the last counts. */
function withoutRepetitions(tasks: readonly DraftTask[]): DraftTask[] {
  return [...new Map(tasks.map((task) => [taskId(task), task])).values()]
}

function isChosen(key: ObjectKey, resources: readonly SyncResource[] | undefined): boolean {
  if (resources === undefined || resources.length === 0) return true
  return resources.some(
    (wanted) =>
      (wanted.group ?? '') === key.group &&
      wanted.kind === key.kind &&
      wanted.name === key.name &&
      ((wanted.namespace ?? '') === '' || wanted.namespace === key.namespace),
  )
}
