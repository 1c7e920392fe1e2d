import type { LiveCluster, LiveObject } from '@driftless/cluster'
import { hideSecrets } from '@driftless/diff'
import type { KubeObject } from '@driftless/kube-objects'
import type { Context } from '../context.ts'
import { clusterOf } from '../destination.ts'
import { ApplicationErrors } from '../errors.ts'
import type { LiveColumns } from '../live-columns.ts'
import type { ApplicationRecord } from '../ports/application-store.ts'

/** Names one resource in an application's tree. */
export interface ResourceName {
  readonly group: string
  readonly kind: string
  readonly namespace?: string
  readonly name: string
}

/** One live resource of the application's tree, Secret values masked; throws `APPLICATION_NO_RESOURCE` for any other object. */
export async function readResource(
  app: ApplicationRecord,
  resource: ResourceName,
  context: Context,
): Promise<KubeObject> {
  const { cluster, live } = await findResource(app, resource, context)
  const manifest = await cluster.manifest(live)
  if (manifest === undefined) throw noResource(app, resource)
  return hideSecrets({ target: null, live: manifest }).live ?? manifest
}

/** Deletes one live resource of the application's tree. */
export async function deleteResource(
  app: ApplicationRecord,
  resource: ResourceName,
  { force, orphan, context }: { force: boolean; orphan: boolean; context: Context },
): Promise<void> {
  const { cluster, live } = await findResource(app, resource, context)
  const propagation = orphan ? 'orphan' : force ? 'background' : 'foreground'
  await cluster.objects.delete(
    { ...live.key, version: live.version },
    { propagation, uid: live.uid, ...(force ? { gracePeriodSeconds: 0 } : {}) },
  )
}

/** The live object, if it belongs to the application's tree: managed by it, or owned by what it manages. */
export async function findResource(app: ApplicationRecord, resource: ResourceName, context: Context) {
  const cluster = await clusterOf(app.spec.destination, context)
  const instance = context.instanceOf(app)
  const live = cluster.get({
    group: resource.group,
    kind: resource.kind,
    namespace: resource.namespace ?? '',
    name: resource.name,
  })
  const roots = live === undefined ? [] : [...ancestry(live, cluster)]
  if (live === undefined || !roots.some((object) => object.instance === instance)) throw noResource(app, resource)
  return { cluster, live }
}

function* ancestry(
  object: LiveObject<LiveColumns>,
  cluster: LiveCluster<LiveColumns>,
  depth = 16,
): Generator<LiveObject<LiveColumns>> {
  yield object
  if (depth === 0) return
  for (const { uid } of object.owners) {
    const owner = cluster.byUid(uid)
    if (owner !== undefined) yield* ancestry(owner, cluster, depth - 1)
  }
}

function noResource(app: ApplicationRecord, resource: ResourceName) {
  return ApplicationErrors.NO_RESOURCE({
    kind: resource.kind,
    group: resource.group,
    resource: resource.name,
    name: app.name,
  })
}
