import type { LiveCluster, LiveObject } from '@driftless/cluster'
import { formatKey } from '@driftless/kube-objects'
import type { ApplicationTree, ResourceNode } from '@driftless/model'
import type { Context } from '../context.ts'
import { clusterOf } from '../destination.ts'
import type { LiveColumns } from '../live-columns.ts'
import { descendants } from '../observed-state.ts'
import type { ApplicationRecord } from '../ports/application-store.ts'

/** The tree as the cluster shows it now: managed objects, everything they own, and what is missing. */
export async function readTree(app: ApplicationRecord, context: Context): Promise<ApplicationTree> {
  const cluster = await clusterOf(app.spec.destination, context)
  const managed = [...cluster.managedBy(context.instanceOf(app))]
  const nodes = [...descendants(managed, cluster)].map((object) => nodeOf(object, cluster))
  const present = new Set(nodes.map(nodeKey))
  for (const resource of app.state?.resources ?? []) {
    const { group = '', version = '', kind, namespace = '', name, hook } = resource
    if (hook === true || present.has(formatKey({ group, kind, namespace, name }))) continue
    nodes.push({
      group,
      version,
      kind,
      namespace,
      name,
      health: { status: 'Missing', message: 'Resource has not been created' },
    })
  }
  return { nodes: nodes.sort((a, b) => (nodeKey(a) < nodeKey(b) ? -1 : 1)) }
}

function nodeOf(object: LiveObject<LiveColumns>, cluster: LiveCluster<LiveColumns>): ResourceNode {
  const { key, columns } = object
  const parents = object.owners.flatMap(({ uid }) => {
    const owner = cluster.byUid(uid)
    return owner === undefined ? [] : [{ ...owner.key, uid }]
  })
  return {
    group: key.group,
    version: object.version,
    kind: key.kind,
    namespace: key.namespace,
    name: key.name,
    uid: object.uid,
    resourceVersion: object.resourceVersion,
    ...(object.createdAt === undefined ? {} : { createdAt: object.createdAt }),
    ...(parents.length === 0 ? {} : { parentRefs: parents }),
    ...(columns.info.length === 0 ? {} : { info: [...columns.info] }),
    ...(columns.images.length === 0 ? {} : { images: [...columns.images] }),
    ...(columns.networkingInfo === undefined ? {} : { networkingInfo: columns.networkingInfo }),
    ...(columns.health === undefined ? {} : { health: columns.health }),
  }
}

function nodeKey({ group = '', kind, namespace = '', name }: ResourceNode): string {
  return formatKey({ group, kind, namespace, name })
}
