import type { JsonObject, KubeObject, ManagedFieldsEntry } from '@driftless/kube-objects'
import type { SyncTask } from '../plan/sync-task.ts'
import type { ClusterPort } from './cluster-port.ts'

/** Manager of objects that `kubectl apply` made without server-side apply. */
const clientSideManager = 'kubectl-client-side-apply'

/**
 * Moves the fields that client-side apply owns to our own manager before the first server-side apply: otherwise they would
 * have two owners, and a field taken out of git would stay.
 */
export async function migrateOwnership(
  task: SyncTask,
  { cluster, manager }: { cluster: ClusterPort; manager: string },
): Promise<void> {
  const { live } = task
  const managedFields = live === undefined ? undefined : migratedFields(live, manager)
  if (live === undefined || managedFields === undefined) return
  const { resourceVersion } = live.metadata
  await cluster.patch(live, {
    type: 'json',
    body: [
      { op: 'replace', path: '/metadata/managedFields', value: managedFields },
      // Somebody else's write in between would be lost; the server refuses then.
      ...(resourceVersion === undefined
        ? []
        : [{ op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion }]),
    ],
  })
}

/** The entries of managedFields with client-side apply's merged into ours; undefined when there is nothing to move. */
export function migratedFields(live: KubeObject, manager: string): ManagedFieldsEntry[] | undefined {
  const entries = live.metadata.managedFields ?? []
  const isOld = (entry: ManagedFieldsEntry) =>
    entry.manager === clientSideManager && entry.operation === 'Update' && (entry.subresource ?? '') === ''
  const old = entries.filter(isOld)
  if (old.length === 0) return undefined
  const isOurs = (entry: ManagedFieldsEntry) =>
    entry.manager === manager && entry.operation === 'Apply' && (entry.subresource ?? '') === ''
  const ours = entries.find(isOurs)
  const fieldsV1 = [...old, ...(ours === undefined ? [] : [ours])].reduce<JsonObject>(
    (union, entry) => unionOf(union, entry.fieldsV1 ?? {}),
    {},
  )
  const base = ours ?? old[0]
  return [
    ...entries.filter((entry) => !isOld(entry) && !isOurs(entry)),
    { ...base, manager, operation: 'Apply', fieldsType: 'FieldsV1', fieldsV1 },
  ]
}

function unionOf(a: JsonObject, b: JsonObject): JsonObject {
  const union: JsonObject = { ...a }
  for (const [name, value] of Object.entries(b)) {
    const known = Object.hasOwn(union, name) ? union[name] : undefined
    union[name] = isSet(known) && isSet(value) ? unionOf(known, value) : value
  }
  return union
}

function isSet(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
