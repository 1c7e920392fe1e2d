import type { Clock } from '@driftless/foundation'
import { formatKey, type KubeObject, keyOf, type ObjectKey, parseManifests } from '@driftless/kube-objects'
import { type ClusterPort, observationOf, type PlanRequest, planSync, type SyncPlan } from '../src/index.ts'

/** A cluster in memory that answers at once, writes down every call and can be told to refuse some. */
export class MemoryCluster implements ClusterPort {
  readonly objects = new Map<string, KubeObject>()
  readonly calls: string[] = []
  readonly refusals = new Map<string, string>()
  /** Called after every write, e.g. to play the part of a controller. */
  onWrite: (object: KubeObject, cluster: MemoryCluster) => void = () => {}
  #version = 100

  constructor(yaml = '') {
    for (const object of yaml === '' ? [] : parseManifests(yaml)) this.store(object)
  }

  store(object: KubeObject): KubeObject {
    this.#version += 1
    const uid = this.find(keyOf(object))?.metadata.uid ?? `uid-${this.#version}`
    const stored = { ...object, metadata: { uid, ...object.metadata, resourceVersion: String(this.#version) } }
    this.objects.set(formatKey(keyOf(object)), stored)
    return stored
  }

  find(key: ObjectKey): KubeObject | undefined {
    return this.objects.get(formatKey(key))
  }

  async apply(object: KubeObject, options: { dryRun: boolean; serverSide: boolean }): Promise<KubeObject> {
    return this.#write(options.serverSide ? 'server-side-apply' : 'apply', object, options.dryRun)
  }

  async create(object: KubeObject, options: { dryRun?: boolean } = {}): Promise<KubeObject> {
    return this.#write('create', object, options.dryRun ?? false)
  }

  async replace(object: KubeObject, options: { force?: boolean; dryRun?: boolean } = {}): Promise<KubeObject> {
    return this.#write(options.force === true ? 'replace --force' : 'replace', object, options.dryRun ?? false)
  }

  async patch(object: KubeObject, patch: { body: unknown }): Promise<KubeObject> {
    this.calls.push(`patch ${nameOf(object)}`)
    const current = this.find(keyOf(object)) ?? object
    const { metadata = {} } = patch.body as { metadata?: object }
    return this.store({ ...current, metadata: { ...current.metadata, ...metadata } })
  }

  async delete(key: ObjectKey, options: { propagation: string }): Promise<void> {
    this.calls.push(
      `delete ${key.kind}/${key.name}${options.propagation === 'foreground' ? '' : ` ${options.propagation}`}`,
    )
    this.objects.delete(formatKey(key))
  }

  async get(key: ObjectKey): Promise<KubeObject | undefined> {
    return this.find(key)
  }

  #write(verb: string, object: KubeObject, dryRun: boolean): KubeObject {
    this.calls.push(`${dryRun ? 'dry-run' : verb} ${nameOf(object)}`)
    const refusal = this.refusals.get(nameOf(object))
    if (refusal !== undefined) throw new Error(refusal)
    if (dryRun) return object
    const before = this.find(keyOf(object))
    const generation = (before?.metadata.generation ?? 0) + 1
    const stored = this.store({ ...before, ...object, metadata: { ...object.metadata, generation } })
    this.onWrite(stored, this)
    return this.find(keyOf(object)) ?? stored
  }
}

/** `Kind/name`. */
export function nameOf(object: KubeObject): string {
  return `${object.kind}/${object.metadata.name ?? ''}`
}

/** What the cluster holds, as a sync observes it. */
export function observationFrom(cluster: MemoryCluster) {
  return (key: ObjectKey) => {
    const object = cluster.find(key)
    return object === undefined ? { exists: false, deleting: false } : observationOf(object)
  }
}

/** A clock whose timers fire at once and move the time on. */
export function instantClock(start = '2026-11-20T12:00:00Z'): Clock {
  let now = Date.parse(start)
  return {
    now: () => new Date(now),
    after(ms, callback) {
      now += ms
      queueMicrotask(callback)
      return () => {}
    },
  }
}

const clusterKinds = new Set(['Namespace', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition'])
const unknownKinds = new Set(['Widget'])

/** Plans from manifests. */
export function planOf(
  targets: string,
  request: Omit<Partial<PlanRequest>, 'targets' | 'live'> & { live?: string; unmodified?: readonly string[] } = {},
): SyncPlan {
  const { live = '', unmodified = [], ...rest } = request
  return planSync({
    targets: (targets.trim() === '' ? [] : parseManifests(targets)).map((object) => ({
      object,
      ...(unmodified.includes(nameOf(object)) ? { modified: false } : {}),
    })),
    live: live === '' ? [] : parseManifests(live),
    namespace: 'demo',
    options: { prune: true },
    scopeOf: ({ kind }) => (unknownKinds.has(kind) ? undefined : clusterKinds.has(kind) ? 'Cluster' : 'Namespaced'),
    revision: 'b71e0aa9f3c2',
    startedAt: '2026-11-20T12:00:00Z',
    ...rest,
  })
}

/** One line a task: `Phase wave Kind/name`, with what is special about it. */
export function linesOf(plan: SyncPlan): string[] {
  return plan.tasks.map((task) => {
    const action = task.target === undefined ? ' prune' : task.hookType === undefined ? '' : ' hook'
    return `${task.phase} ${task.wave} ${task.key.kind}/${task.key.name}${action}`
  })
}

/** An object in YAML with the given annotations. */
export function manifest(kind: string, name: string, annotations: Record<string, string> = {}): string {
  const apiVersion = apiVersions[kind] ?? 'v1'
  return `---\n${JSON.stringify({ apiVersion, kind, metadata: { name, ...(clusterKinds.has(kind) ? {} : { namespace: 'demo' }), annotations } })}\n`
}

const apiVersions: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  Job: 'batch/v1',
  Widget: 'example.com/v1',
  ClusterRole: 'rbac.authorization.k8s.io/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
}
