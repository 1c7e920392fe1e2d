import type { ObjectKey } from '@driftless/kube-objects'
import type { SyncTask } from '../plan/sync-task.ts'

/** Says what a sync waits for: the first object by name, the others by number. */
export function waitingFor(what: string, tasks: readonly SyncTask[], noun: 'hooks' | 'resources'): string {
  const first = tasks[0]
  if (first === undefined) return `waiting for ${what}`
  const more = tasks.length > 1 ? ` and ${tasks.length - 1} more ${noun}` : ''
  return `waiting for ${what} ${objectName(first.key)}${more}`
}

/** `group/kind/name` as messages of a sync name objects. */
export function objectName({ group, kind, name }: ObjectKey): string {
  return `${group}/${kind}/${name}`
}

/** Said when a running task's object is gone. */
export function missing(key: ObjectKey): string {
  return `Resource ${objectName(key)} is missing, it might have been deleted`
}

/** Adds the distinct reasons of failed tasks to a message. */
export function withReasons(message: string, reasons: readonly string[]): string {
  const distinct = [...new Set(reasons.filter((reason) => reason !== ''))]
  return distinct.length === 0 ? message : `${message}, reason: ${distinct.join(',')}`
}

/** The message of a plan that cannot start. */
export function invalidPlan(problems: readonly { object: string; message: string }[]): string {
  return `one or more synchronization tasks are not valid: ${[...new Set(problems.map(({ message }) => message))].join('; ')}`
}

/** `deployment.apps/web`, as kubectl names an object in its answers. */
export function kubectlName({ group, kind, name }: ObjectKey): string {
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`
}
