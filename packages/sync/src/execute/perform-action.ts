import { type Clock, sleep } from '@driftless/foundation'
import { gvkOf, type KubeObject } from '@driftless/kube-objects'
import { hookFinalizer } from '../plan/hook.ts'
import { carriesOption, prunePropagation } from '../plan/sync-option.ts'
import type { SyncPlan, SyncTask } from '../plan/sync-task.ts'
import { kubectlName } from '../step/messages.ts'
import type { ActionOutcome, ObservedObject, SyncAction } from '../step/sync-state.ts'
import { isUnchanged } from '../step/wanted.ts'
import type { ApplyOptions, ClusterPort } from './cluster-port.ts'
import { friendlyError } from './friendly-error.ts'
import { migrateOwnership } from './migrate-ownership.ts'

/** Name under which fields are owned; the one that objects synced by Argo CD carry already. */
export const fieldManager = 'argocd-controller'

export interface ActionContext {
  readonly plan: SyncPlan
  readonly cluster: ClusterPort
  readonly clock: Clock
  readonly observed: ObservedObject | undefined
}

/** Makes the call of one action; a refusal is an outcome, not an exception. */
export async function performAction(action: SyncAction, context: ActionContext): Promise<ActionOutcome> {
  try {
    return await perform(action, context)
  } catch (error) {
    return { action, ok: false, message: friendlyError(error, action.task) }
  }
}

function perform(action: SyncAction, context: ActionContext): Promise<ActionOutcome> {
  switch (action.type) {
    case 'prune':
      return prune(action, context)
    case 'delete-hook':
      return deleteHook(action, context)
    case 'remove-hook-finalizer':
      return removeHookFinalizer(action, context)
    case 'create':
    case 'replace':
    case 'apply':
    case 'dry-run':
      return applyTask(action, context)
  }
}

async function applyTask(action: SyncAction, context: ActionContext): Promise<ActionOutcome> {
  const { task } = action
  const { plan, cluster } = context
  const target = task.target
  if (target === undefined) return { action, ok: false, message: 'there is no desired state to apply' }
  if (isUnchanged(plan, task))
    return { action, ok: true, message: `${kubectlName(task.key)} unchanged`, ...liveOf(task) }
  const options = applyOptionsOf(plan, task, action.type === 'dry-run')
  const exists = context.observed?.exists ?? task.live !== undefined
  const replaced = replaces(plan, task)
  if (options.serverSide && !options.dryRun && !replaced && migrates(plan))
    await migrateOwnership(task, { cluster, manager: options.manager })
  const object = replaced
    ? await replaceObject(target, { cluster, task, options, exists })
    : await cluster.apply(target, options)
  if (!options.dryRun) await waitUntilEstablished(object, context)
  const suffix = options.dryRun ? ' (dry run)' : ''
  const verb = options.serverSide && !replaced ? 'serverside-applied' : verbOf(exists, task.live, object)
  return { action, ok: true, message: `${kubectlName(task.key)} ${verb}${suffix}`, object }
}

function migrates(plan: SyncPlan): boolean {
  return plan.options.syncOptions?.includes('ClientSideApplyMigration=false') !== true
}

function liveOf(task: SyncTask): { object?: KubeObject } {
  return task.live === undefined ? {} : { object: task.live }
}

function verbOf(exists: boolean, before: KubeObject | undefined, after: KubeObject): string {
  if (!exists) return 'created'
  const version = before?.metadata.resourceVersion
  return version !== undefined && version === after.metadata.resourceVersion ? 'unchanged' : 'configured'
}

function applyOptionsOf(plan: SyncPlan, task: SyncTask, dryRun: boolean): ApplyOptions {
  const appOptions = plan.options.syncOptions ?? []
  const says = (option: string) => appOptions.includes(option) || carriesOption(option, task.target)
  return {
    serverSide: says('ServerSideApply=true') && !carriesOption('ServerSideApply=false', task.target),
    force: plan.options.force === true || carriesOption('Force=true', task.target, task.live),
    dryRun,
    validate: !says('Validate=false'),
    manager: fieldManager,
    forceConflicts: true,
  }
}

function replaces(plan: SyncPlan, task: SyncTask): boolean {
  const appWide = plan.options.syncOptions?.includes('Replace=true') === true
  if (carriesOption('Replace=false', task.target)) return false
  return appWide || carriesOption('Replace=true', task.target, task.live)
}

/** Namespaces and definitions are never deleted and made again: everything inside them would go with them. */
function replaceObject(
  target: KubeObject,
  request: { cluster: ClusterPort; task: SyncTask; options: ApplyOptions; exists: boolean },
): Promise<KubeObject> {
  const { cluster, task, options, exists } = request
  const { dryRun } = options
  if (!exists) return cluster.create(target, { dryRun })
  const { group, kind } = gvkOf(target)
  const inPlace = (group === '' && kind === 'Namespace') || kind === 'CustomResourceDefinition'
  if (!inPlace) return cluster.replace(target, { force: options.force, dryRun })
  const resourceVersion = task.live?.metadata.resourceVersion
  const metadata = resourceVersion === undefined ? target.metadata : { ...target.metadata, resourceVersion }
  return cluster.replace({ ...target, metadata }, { dryRun })
}

const establishedAttempts = 15
const establishedPause = 200

/** Gives a new definition up to three seconds to be served; what uses it is applied next. */
async function waitUntilEstablished(object: KubeObject, { cluster, clock }: ActionContext): Promise<void> {
  if (object.kind !== 'CustomResourceDefinition') return
  const { group, version } = gvkOf(object)
  const key = { group, version, kind: object.kind, namespace: '', name: object.metadata.name ?? '' }
  let current: KubeObject | undefined = object
  for (let attempt = 0; attempt < establishedAttempts && !isEstablished(current); attempt += 1) {
    await sleep(clock, establishedPause)
    current = await cluster.get(key).catch(() => undefined)
  }
}

function isEstablished(object: KubeObject | undefined): boolean {
  const conditions = (object?.status as { conditions?: unknown } | undefined)?.conditions
  if (!Array.isArray(conditions)) return false
  return conditions.some(
    (condition: { type?: unknown; status?: unknown } | null) =>
      condition?.type === 'Established' && condition.status === 'True',
  )
}

async function prune(action: SyncAction, context: ActionContext): Promise<ActionOutcome> {
  const { task } = action
  const { plan, cluster, observed } = context
  if (plan.options.dryRun === true) return { action, ok: true, message: 'pruned (dry run)' }
  const isGoing = (task.live?.metadata.deletionTimestamp ?? undefined) !== undefined || observed?.deleting === true
  if (!isGoing && observed?.exists !== false) {
    const uid = observed?.uid ?? task.live?.metadata.uid
    await cluster.delete(
      { ...task.key, version: task.version },
      { propagation: prunePropagation(plan.options.syncOptions ?? []), ...(uid === undefined ? {} : { uid }) },
    )
  }
  return { action, ok: true, message: 'pruned' }
}

async function deleteHook(action: SyncAction, { cluster, observed }: ActionContext): Promise<ActionOutcome> {
  const { task } = action
  if (holdsHook(observed)) await releaseHook(task, cluster)
  await cluster.delete({ ...task.key, version: task.version }, { propagation: 'foreground' })
  return { action, ok: true, message: 'deleted' }
}

async function removeHookFinalizer(action: SyncAction, { cluster }: ActionContext): Promise<ActionOutcome> {
  const object = await releaseHook(action.task, cluster)
  return { action, ok: true, message: '', ...(object === undefined ? {} : { object }) }
}

function holdsHook(observed: ObservedObject | undefined): boolean {
  return observed?.finalizers === undefined || observed.finalizers.includes(hookFinalizer)
}

/** Takes the hook finalizer off an object; undefined when the object is gone. */
export async function releaseHook(task: SyncTask, cluster: ClusterPort): Promise<KubeObject | undefined> {
  const object = await cluster.get({ ...task.key, version: task.version })
  const finalizers = object?.metadata.finalizers ?? []
  if (object === undefined || !finalizers.includes(hookFinalizer)) return object
  const rest = finalizers.filter((finalizer) => finalizer !== hookFinalizer)
  return cluster.patch(object, { type: 'merge', body: { metadata: { finalizers: rest.length === 0 ? null : rest } } })
}
