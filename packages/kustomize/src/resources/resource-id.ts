/** A kind with group and version; empty parts select everything. */
export interface Gvk {
  readonly group: string
  readonly version: string
  readonly kind: string
}

/** How an object is or was called. */
export interface ResourceId extends Gvk {
  readonly namespace: string
  readonly name: string
  /** Known to have no namespace. */
  readonly cluster: boolean
}

/** Stands for the namespace of objects that have none. */
export const noNamespace = '_non_namespaceable_'

/** The namespace that equality goes by: none at all for cluster-scoped objects, `default` for an empty one. */
export function effectiveNamespace({ cluster, namespace }: Pick<ResourceId, 'cluster' | 'namespace'>): string {
  if (cluster) return noNamespace
  return namespace === '' ? 'default' : namespace
}

/** Equal for ids that mean the same object. */
export function idKey(id: ResourceId): string {
  return `${effectiveNamespace(id)}\n${id.group}\n${id.version}\n${id.kind}\n${id.name}`
}

/** True when a kind is selected; empty parts of the selector match everything. */
export function isSelected(gvk: Gvk, selector: Partial<Gvk>): boolean {
  return (
    (!selector.group || selector.group === gvk.group) &&
    (!selector.version || selector.version === gvk.version) &&
    (!selector.kind || selector.kind === gvk.kind)
  )
}

/** `Kind.version.group`. */
export function formatGvk({ group, version, kind }: Gvk): string {
  return `${kind || '[noKind]'}.${version || '[noVer]'}.${group || '[noGrp]'}`
}

/** `Kind.version.group/name.namespace`. */
export function formatId(id: ResourceId): string {
  return `${formatGvk(id)}/${id.name || '[noName]'}.${id.namespace || '[noNs]'}`
}

const first = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
]
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']

/** Rank of kinds where nothing else is asked for: what others need first, webhooks last. */
export const defaultOrder = { first, last } as const

/** Ranks of kinds by their place in two lists; all others are 0. */
export function kindRanks(order: { first: readonly string[]; last: readonly string[] }): Map<string, number> {
  return new Map([
    ...order.first.map((kind, index) => [kind, index - order.first.length] as const),
    ...order.last.map((kind, index) => [kind, index + 1] as const),
  ])
}

/** Text by which kinds of one rank are ordered. */
export function gvkSortText({ group, version, kind }: Gvk): string {
  return `${group || '~G'}_${version || '~V'}_${kind || '~K'}`
}
