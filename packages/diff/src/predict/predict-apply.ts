import { cloneJson, type KubeObject, serverSideApply, type TypeSchema } from '@driftless/kube-objects'
import { ownsPath } from '../ignore/field-owner.ts'
import { removeAt } from '../ignore/json-pointer.ts'
import { findDifferences, type RawDifference } from '../present/differences.ts'

/** Live after a forced server-side apply by `manager`; undefined when the merge is not possible (a list item without its keys, say). */
export function predictApply(
  states: { live: KubeObject; normalLive: KubeObject; target: KubeObject; manager: string },
  schema: TypeSchema | undefined,
): KubeObject | undefined {
  const { live, normalLive, target, manager } = states
  const { managedFields } = live.metadata
  const { name, namespace } = live.metadata
  try {
    return serverSideApply({
      live: { ...normalLive, metadata: { ...normalLive.metadata, ...(managedFields ? { managedFields } : {}) } },
      applied: {
        ...target,
        metadata: { ...target.metadata, name, ...(namespace === undefined ? {} : { namespace }) },
      },
      manager,
      force: true,
      time: live.metadata.creationTimestamp ?? '1970-01-01T00:00:00Z',
      schema,
    }).object
  } catch {
    return undefined
  }
}

/**
 * The answer of a dry run without what admission webhooks put there: fields that our manager does not own go back to
 * what live has. A field of ours that is gone stays gone.
 */
export function withoutForeignChanges(
  states: { predicted: KubeObject; live: KubeObject; manager: string },
  schema: TypeSchema | undefined,
): KubeObject {
  const { live, manager } = states
  const predicted = cloneJson(states.predicted)
  const differences = findDifferences(live, predicted, schema).filter(({ path }) => path[0] !== 'status')
  // Last first, so that removing an item leaves the places of the others as they were found.
  for (const difference of differences.reverse()) {
    if (!isOurs(difference, { ...states, predicted, manager })) revert(predicted, difference)
  }
  return predicted
}

function isOurs(
  { path, desiredPath, live, desired }: RawDifference,
  states: { predicted: KubeObject; live: KubeObject; manager: string },
): boolean {
  if (desired === undefined) return ownsPath(states.live, path, states.manager)
  if (live === undefined) return ownsPath(states.predicted, desiredPath, states.manager)
  return ownsPath(states.predicted, desiredPath, states.manager) || ownsPath(states.live, path, states.manager)
}

function revert(document: KubeObject, { path, desiredPath, live, desired }: RawDifference): void {
  if (live === undefined) {
    removeAt(document, desiredPath)
    return
  }
  let current: unknown = document
  for (const step of desiredPath.slice(0, -1)) {
    if (typeof current !== 'object' || current === null) return
    current = (current as Record<string | number, unknown>)[step]
  }
  const last = desired === undefined ? path.at(-1) : desiredPath.at(-1)
  if (last === undefined || typeof current !== 'object' || current === null) return
  if (Array.isArray(current) && typeof last === 'number' && desired === undefined) current.splice(last, 0, live)
  else (current as Record<string | number, unknown>)[last] = live
}
