import { formatKey, keyOf, matchesSelector } from '@driftless/kube-objects'
import type { Deployment, ReplicaSet } from '../objects.ts'
import { controlled, controlledBy, controllerOf } from '../pod-facts.ts'
import { updateIfChanged } from '../runtime/change-object.ts'
import { type Controller, type ControllerContext, keyOfChange, ownerKey } from '../runtime/controller.ts'
import { dropOldRevisions, findNewSet, takeRevision } from './revisions.ts'
import { recreate, rollOver } from './rollout.ts'
import { isScalingOnly, scaleProportionally } from './scaling.ts'
import { reportStatus } from './status.ts'

/** Moves a Deployment's pods from template to template through ReplicaSets. */
export function deploymentController(context: ControllerContext): Controller {
  const { api } = context
  return {
    name: 'deployment-controller',
    watches: ['apps/Deployment', 'apps/ReplicaSet', '/Pod'],
    keysOf(change) {
      if (change.object.kind === 'Deployment') return [keyOfChange(change)]
      if (change.object.kind === 'Pod')
        return change.type === 'DELETED' ? recreatedBy(context, change.object.metadata.namespace) : []
      const owner = ownerKey(change, 'apps', 'Deployment')
      return owner === undefined ? [] : [owner]
    },
    reconcile(key) {
      const deployment = api.get(key) as Deployment | undefined
      return deployment === undefined ? undefined : reconcileDeployment(context, deployment)
    },
  }
}

/** The ReplicaSets of a Deployment in the roles that a rollout gives them. */
export interface DeploymentSets {
  /** The set of the current template. */
  current: ReplicaSet | undefined
  /** All others, oldest first. */
  old: ReplicaSet[]
}

function reconcileDeployment(context: ControllerContext, deployment: Deployment): number | undefined {
  if (deployment.metadata.deletionTimestamp !== undefined) return undefined
  if (deployment.status?.observedGeneration !== deployment.metadata.generation) adopt(context, deployment)
  const sets = setsOf(context, deployment)
  if (deployment.spec.paused === true || isScalingOnly(deployment, sets)) {
    const known = sets.current === undefined ? sets : takeRevision(context, deployment, sets)
    const scaled = scaleProportionally(context, deployment, known)
    return reportStatus(context, readAgain(context, deployment), scaled)
  }
  const steps = deployment.spec.strategy?.type === 'Recreate' ? recreate : rollOver
  const moved = steps(context, deployment, sets)
  const kept = dropOldRevisions(context, deployment, moved)
  return reportStatus(context, readAgain(context, deployment), kept)
}

function setsOf(context: ControllerContext, deployment: Deployment): DeploymentSets {
  const all = controlled<ReplicaSet>(context.api, deployment, 'ReplicaSet').sort(byAge)
  const current = findNewSet(deployment, all)
  return { current, old: all.filter((set) => set !== current) }
}

/** ReplicaSets that match and belong to nobody become part of the history. */
function adopt(context: ControllerContext, deployment: Deployment): void {
  const sets = context.api.list(
    { group: 'apps', kind: 'ReplicaSet' },
    { namespace: deployment.metadata.namespace ?? '' },
  )
  for (const set of sets) {
    if (controllerOf(set) !== undefined || set.metadata.deletionTimestamp !== undefined) continue
    if (!matchesSelector(deployment.spec.selector, set.metadata.labels)) continue
    updateIfChanged(context.api, set, (copy) => {
      copy.metadata.ownerReferences = [...(copy.metadata.ownerReferences ?? []), controlledBy(deployment)]
    })
  }
}

/** Recreate waits for the last old pod to vanish, which no ReplicaSet status tells when the pod was already terminating. */
function recreatedBy(context: ControllerContext, namespace: string | undefined): string[] {
  const deployments = context.api.list(
    { group: 'apps', kind: 'Deployment' },
    { namespace: namespace ?? '' },
  ) as Deployment[]
  return deployments
    .filter((deployment) => deployment.spec.strategy?.type === 'Recreate')
    .map((deployment) => formatKey(keyOf(deployment)))
}

function readAgain(context: ControllerContext, deployment: Deployment): Deployment {
  return (context.api.get(keyOf(deployment)) as Deployment | undefined) ?? deployment
}

function byAge(a: ReplicaSet, b: ReplicaSet): number {
  const [left, right] = [a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '']
  return left === right ? (a.metadata.name ?? '').localeCompare(b.metadata.name ?? '') : left < right ? -1 : 1
}
