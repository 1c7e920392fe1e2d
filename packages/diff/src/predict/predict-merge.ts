import {
  applyMergePatch,
  applyStrategicPatch,
  createThreeWayMergePatch,
  createThreeWayStrategicPatch,
  type KubeObject,
  type TypeSchema,
} from '@driftless/kube-objects'

/** The three states of a merge, all normalised. */
export interface MergeStates {
  /** What was applied last; the target itself when that is not known, so that nothing counts as removed. */
  readonly original: KubeObject
  readonly target: KubeObject
  readonly live: KubeObject
}

/** Live after a client-side apply: strategic merge for built-in kinds, JSON merge for custom ones. */
export function predictMerge(states: MergeStates, schema: TypeSchema | undefined): KubeObject {
  const original = withoutNamespace(states.original)
  const target = withoutNamespace(states.target)
  if (schema === undefined) {
    const patch = createThreeWayMergePatch(original, target, states.live)
    return applyMergePatch(states.live, patch) as KubeObject
  }
  const patch = createThreeWayStrategicPatch(original, target, states.live, schema)
  return applyStrategicPatch(states.live, patch, schema) as KubeObject
}

/** Live with the target written over it, lists as a whole: for lists whose items lack the key that they are merged by. */
export function predictPlainly({ target, live }: Omit<MergeStates, 'original'>): KubeObject {
  return applyMergePatch(live, withoutNamespace(target)) as KubeObject
}

/** An object cannot move, and a target may leave its namespace to its destination. */
function withoutNamespace(object: KubeObject): KubeObject {
  const { namespace: _, ...metadata } = object.metadata
  return { ...object, metadata }
}
