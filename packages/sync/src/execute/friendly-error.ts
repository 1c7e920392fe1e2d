import { messageOf } from '@driftless/foundation'
import type { SyncTask } from '../plan/sync-task.ts'

/** The cluster's reason for a refusal, with the remedy where the reason alone does not show it. */
export function friendlyError(error: unknown, task: SyncTask): string {
  const reason = messageOf(error)
  const kind = task.key.group === '' ? task.key.kind : `${task.key.group}/${task.key.kind}`
  if (/could not find the requested resource/i.test(reason))
    return `${reason}: the cluster does not serve ${kind} in version ${task.version}; make sure that the CustomResourceDefinition of "${task.key.kind}" is installed and serves this version`
  if (/metadata\.annotations.*(too long|262144)/is.test(reason))
    return `${reason}: the object is too large for the last-applied annotation; sync it with ServerSideApply=true or Replace=true`
  if (/field is immutable|updates to statefulset spec for fields other than/i.test(reason))
    return `${reason}: the field cannot be changed in place; sync with Replace=true and Force=true to delete and make the object again`
  return reason
}
