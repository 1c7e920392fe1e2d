import type { Deployment, ReplicaSet } from '../objects.ts'
import { updateIfChanged } from '../runtime/change-object.ts'
import type { ControllerContext } from '../runtime/controller.ts'
import type { DeploymentSets } from './deployment.ts'
import { announce, rememberedReplicas, replicaAnnotations } from './revisions.ts'
import { limits } from './rollout.ts'

/** Sets the size of one ReplicaSet and says so. */
export function scaleSet(
  context: ControllerContext,
  deployment: Deployment,
  set: ReplicaSet,
  replicas: number,
): ReplicaSet {
  const before = set.spec.replicas ?? 1
  const scaled = updateIfChanged(context.api, set, (copy) => {
    copy.spec.replicas = replicas
    copy.metadata.annotations = { ...copy.metadata.annotations, ...replicaAnnotations(deployment) }
  })
  if (before === replicas) return scaled
  const name = set.metadata.name ?? ''
  const direction = replicas > before ? 'up' : 'down'
  const message = `Scaled ${direction} replica set ${name} from ${before} to ${replicas}`
  context.events.record({ object: deployment, source: 'deployment-controller', reason: 'ScalingReplicaSet', message })
  if (direction === 'up')
    announce(context, deployment, { reason: 'ReplicaSetUpdated', message: `ReplicaSet "${name}" is progressing.` })
  return scaled
}

/** True when the Deployment's size changed since its sets with pods last heard of it. */
export function isScalingOnly(deployment: Deployment, sets: DeploymentSets): boolean {
  const active = [...sets.old, ...(sets.current === undefined ? [] : [sets.current])].filter(
    (set) => (set.spec.replicas ?? 1) > 0,
  )
  return active.some((set) => {
    const remembered = rememberedReplicas(set)
    return remembered !== undefined && remembered !== (deployment.spec.replicas ?? 1)
  })
}

/** Scales one set, or in mid-rollout all sets in proportion to their size. */
export function scaleProportionally(
  context: ControllerContext,
  deployment: Deployment,
  sets: DeploymentSets,
): DeploymentSets {
  const all = [...sets.old, ...(sets.current === undefined ? [] : [sets.current])]
  const active = all.filter((set) => (set.spec.replicas ?? 1) > 0)
  const wanted = deployment.spec.replicas ?? 1
  const only = active.length === 1 ? active[0] : active.length === 0 ? sets.current : undefined
  if (only !== undefined) return replaced(sets, [scaleSet(context, deployment, only, wanted)])
  if (active.length === 0) return sets
  const allowed = wanted === 0 ? 0 : wanted + limits(deployment).surge
  const total = active.reduce((count, set) => count + (set.spec.replicas ?? 1), 0)
  const shares = proportions(active, allowed, total)
  return replaced(
    sets,
    active.map((set, index) => scaleSet(context, deployment, set, shares[index] ?? 0)),
  )
}

/** Shares of `allowed`, rounded; what rounding leaves over goes to the largest set. */
function proportions(active: readonly ReplicaSet[], allowed: number, total: number): number[] {
  const shares = active.map((set) => Math.floor(((set.spec.replicas ?? 1) * allowed) / total))
  const rest = allowed - shares.reduce((sum, share) => sum + share, 0)
  const largest = shares.indexOf(Math.max(...shares))
  return shares.map((share, index) => (index === largest ? share + rest : share))
}

function replaced(sets: DeploymentSets, scaled: readonly ReplicaSet[]): DeploymentSets {
  const byUid = new Map(scaled.map((set) => [set.metadata.uid, set]))
  return {
    current: sets.current === undefined ? undefined : (byUid.get(sets.current.metadata.uid) ?? sets.current),
    old: sets.old.map((set) => byUid.get(set.metadata.uid) ?? set),
  }
}
