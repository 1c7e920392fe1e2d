import { respectIgnored } from '@driftless/diff'
import type { KubeObject } from '@driftless/kube-objects'
import type { ApplicationSpec, Operation } from '@driftless/model'
import type { PlanRequest, SyncOptions } from '@driftless/sync'
import type { ComparedObject } from './comparison.ts'
import type { Snapshot } from './snapshot.ts'

/** What planning needs to know of a snapshot. */
export async function planRequest(
  snapshot: Snapshot,
  spec: ApplicationSpec,
  { options, startedAt }: { options: SyncOptions; startedAt: string },
): Promise<PlanRequest> {
  const namespace = spec.destination.namespace ?? ''
  const live: KubeObject[] = []
  const targets: { object: KubeObject; modified: boolean }[] = []
  for (const object of snapshot.compared) {
    const manifest = object.live === undefined ? undefined : await snapshot.cluster.manifest(object.live)
    if (manifest !== undefined) live.push(manifest)
    if (object.target === undefined) continue
    targets.push({
      object: wantedOf(object.target.object, manifest, { spec, options }),
      modified: isModified(object, manifest),
    })
  }
  const destinationNamespace = await namespaceObject(snapshot, namespace, options)
  const metadata = spec.syncPolicy?.managedNamespaceMetadata
  return {
    targets,
    live,
    namespace,
    options,
    scopeOf: (kind) => snapshot.cluster.scopeOf(kind),
    revision: snapshot.revisions[0] ?? '',
    startedAt,
    ...(destinationNamespace === undefined ? {} : { destinationNamespace }),
    ...(metadata === undefined || metadata === null ? {} : { namespaceMetadata: metadata }),
  }
}

/** The sync options of an operation as the planner takes them. */
export function syncOptionsOf(operation: Operation): SyncOptions {
  const sync = operation.sync ?? {}
  const strategy = sync.syncStrategy?.apply !== undefined ? 'apply' : 'hook'
  return {
    prune: sync.prune === true,
    dryRun: sync.dryRun === true,
    strategy,
    force: (sync.syncStrategy?.apply ?? sync.syncStrategy?.hook)?.force === true,
    ...(sync.resources === undefined || sync.resources.length === 0 ? {} : { resources: sync.resources }),
    syncOptions: sync.syncOptions ?? [],
  }
}

function isModified(object: ComparedObject, live: KubeObject | undefined): boolean {
  return live === undefined || object.modified || object.hook
}

/** The target, with ignored fields taken from the live object where the application asks for that. */
function wantedOf(
  target: KubeObject,
  live: KubeObject | undefined,
  { spec, options }: { spec: ApplicationSpec; options: SyncOptions },
): KubeObject {
  if (options.syncOptions?.includes('RespectIgnoreDifferences=true') !== true) return target
  return respectIgnored({ target, live, ignoreDifferences: spec.ignoreDifferences ?? [] })
}

/** The destination namespace, looked up only when a sync may have to create it. */
async function namespaceObject(
  snapshot: Snapshot,
  name: string,
  options: SyncOptions,
): Promise<KubeObject | undefined> {
  if (name === '' || options.syncOptions?.includes('CreateNamespace=true') !== true) return undefined
  const live = snapshot.cluster.get({ group: '', kind: 'Namespace', namespace: '', name })
  return live === undefined ? undefined : await snapshot.cluster.manifest(live)
}
