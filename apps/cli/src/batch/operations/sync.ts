import { compare } from '@driftless/diff'
import { builtInScope, formatKey, gvkOf, type KubeObject, keyOf } from '@driftless/kube-objects'
import type { SyncPhase, SyncResource } from '@driftless/model'
import {
  actionOf,
  hookDeletePolicies,
  hookTypes,
  isHook,
  isIgnoredHook,
  isSkipped,
  orderTasks,
  planSync,
  resourceSyncOptions,
  type SyncOptions,
  syncPhases,
  waveOf,
} from '@driftless/sync'
import { Fields, invalid, isRecord, toKubeObject } from '../fields.ts'
import type { Operations } from '../operation.ts'

const phases = ['PreSync', 'Sync', 'PostSync', 'SyncFail'] as const satisfies readonly SyncPhase[]

export const syncOperations: Operations = {
  'sync.order': order,
  'sync.facts': (fields) => factsOf(fields.object('object')),
  'sync.plan': plan,
}

function order(fields: Fields): { order: number[]; waves: number[] } {
  const tasks = fields.tables('tasks').map((task, index) => {
    const given = new Fields(task)
    const object = toKubeObject(`tasks[${index}].object`, given.value('object'))
    const phase = given.word('phase', phases) ?? 'Sync'
    return { index, phase, ...(given.flag('prune') === true ? { live: object } : { target: object }) }
  })
  const ordered = orderTasks(tasks)
  return { order: ordered.map(({ index }) => index), waves: ordered.map(({ wave }) => wave) }
}

function factsOf(object: KubeObject) {
  const hook = isHook(object)
  return {
    hook,
    types: hookTypes(object),
    phases: syncPhases(object),
    deletePolicies: hook ? hookDeletePolicies(object) : [],
    wave: waveOf(object),
    skip: isSkipped(object),
    ignored: isIgnoredHook(object),
    syncOptions: Object.fromEntries(
      resourceSyncOptions(object).map((option) => {
        const equals = option.indexOf('=')
        return equals < 0 ? [option, ''] : [option.slice(0, equals), option.slice(equals + 1)]
      }),
    ),
  }
}

function plan(fields: Fields) {
  const application = new Fields(fields.table('app') ?? {})
  const spec = new Fields(application.table('spec') ?? {})
  const destination = new Fields(spec.table('destination') ?? {})
  const options = readOptions(new Fields(fields.table('options') ?? {}), spec)
  const live = fields.objects('live')
  const namespace = destination.optionalText('namespace') ?? ''
  const liveByKey = new Map(live.map((object) => [formatKey(keyOf(object)), object]))
  const planned = planSync({
    targets: fields
      .objects('target')
      .map((object) => ({ object, modified: isModified(object, { liveByKey, namespace }) })),
    live,
    namespace,
    options,
    // Without a cluster to ask, custom kinds are taken as served and namespaced.
    scopeOf: (kind) => builtInScope(kind) ?? 'Namespaced',
    revision: fields.optionalText('revision') ?? '',
    startedAt: fields.optionalText('startedAt') ?? '1970-01-01T00:00:00Z',
  })
  return {
    phases: planned.waves.map(({ phase, wave, tasks }) => ({
      phase,
      wave,
      tasks: tasks.map((task) => ({
        action: actionOf(task, options),
        key: formatKey(task.key),
        hook: task.hookType !== undefined,
      })),
    })),
    problems: planned.problems,
  }
}

function isModified(
  target: KubeObject,
  { liveByKey, namespace }: { liveByKey: ReadonlyMap<string, KubeObject>; namespace: string },
): boolean {
  const key = keyOf(target)
  const scoped = builtInScope(gvkOf(target)) === 'Cluster' ? '' : key.namespace || namespace
  const live = liveByKey.get(formatKey({ ...key, namespace: scoped }))
  return live === undefined || compare({ live, target }).modified
}

/** The options of an operation, with those of the application behind them. */
function readOptions(operation: Fields, spec: Fields): SyncOptions {
  const strategy = operation.table('syncStrategy')
  const apply = strategy?.apply
  const hook = strategy?.hook
  const policy = new Fields(spec.table('syncPolicy') ?? {})
  const resources = operation.tables('resources').map(readResource)
  const forced = [apply, hook].some((way) => isRecord(way) && way.force === true)
  const own = operation.has('syncOptions') ? operation : policy
  return {
    prune: operation.flag('prune') ?? false,
    dryRun: operation.flag('dryRun') ?? false,
    strategy: isRecord(apply) && !isRecord(hook) ? 'apply' : 'hook',
    force: forced,
    syncOptions: own.texts('syncOptions'),
    ...(resources.length > 0 && { resources }),
  }
}

function readResource(resource: Readonly<Record<string, unknown>>): SyncResource {
  const fields = new Fields(resource)
  const name = fields.optionalText('name')
  if (name === undefined) throw invalid('resources', 'a list of objects with kind and name')
  return {
    group: fields.optionalText('group') ?? '',
    kind: fields.text('kind'),
    name,
    namespace: fields.optionalText('namespace') ?? '',
  }
}
