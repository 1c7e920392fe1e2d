import { cloneJson, deepEqual, keyOf, LAST_APPLIED } from '@driftless/kube-objects'
import type { Deployment, PodTemplate, ReplicaSet } from '../objects.ts'
import { controlledBy } from '../pod-facts.ts'
import { updateIfChanged, updateStatusIfChanged } from '../runtime/change-object.ts'
import { withDatedCondition } from '../runtime/conditions.ts'
import type { ControllerContext } from '../runtime/controller.ts'
import { templateHash } from '../runtime/template-hash.ts'
import type { DeploymentSets } from './deployment.ts'
import { limits } from './rollout.ts'

/** Annotation with the number of a rollout, on Deployments and ReplicaSets. */
export const revisionAnnotation = 'deployment.kubernetes.io/revision'
const historyAnnotation = 'deployment.kubernetes.io/revision-history'
const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas'
const maximumAnnotation = 'deployment.kubernetes.io/max-replicas'
/** Label that ties pods to the ReplicaSet of their template. */
export const hashLabel = 'pod-template-hash'
/** Annotations that say something about the Deployment alone. */
const ownAnnotations = new Set([
  LAST_APPLIED,
  revisionAnnotation,
  historyAnnotation,
  desiredAnnotation,
  maximumAnnotation,
  'deprecated.deployment.rollback.to',
])

/** The oldest ReplicaSet whose template is the Deployment's, apart from the hash label. */
export function findNewSet(deployment: Deployment, sets: readonly ReplicaSet[]): ReplicaSet | undefined {
  return sets.find((set) => deepEqual(withoutHash(set.spec.template), withoutHash(deployment.spec.template)))
}

/** Gives the current template's ReplicaSet the newest revision number and the Deployment the same. */
export function takeRevision(context: ControllerContext, deployment: Deployment, sets: DeploymentSets): DeploymentSets {
  if (sets.current === undefined) return sets
  const newest = Math.max(0, ...sets.old.map(revisionOf)) + 1
  const before = revisionOf(sets.current)
  const revision = Math.max(before, newest)
  const current = updateIfChanged(context.api, sets.current, (copy) => {
    const annotations = { ...copy.metadata.annotations, ...inherited(deployment), ...replicaAnnotations(deployment) }
    if (before > 0 && before < revision)
      annotations[historyAnnotation] = withRevision(annotations[historyAnnotation], before)
    annotations[revisionAnnotation] = String(revision)
    copy.metadata.annotations = annotations
    if (deployment.spec.minReadySeconds === undefined) delete copy.spec.minReadySeconds
    else copy.spec.minReadySeconds = deployment.spec.minReadySeconds
  })
  writeRevision(context, deployment, String(revision))
  return { ...sets, current }
}

/** Makes the ReplicaSet of the Deployment's template, with as many pods as the strategy allows at once. */
export function createSet(
  context: ControllerContext,
  deployment: Deployment,
  sets: DeploymentSets,
  replicas: number,
): DeploymentSets {
  const hash = templateHash(deployment.spec.template, deployment.status?.collisionCount)
  const revision = String(Math.max(0, ...sets.old.map(revisionOf)) + 1)
  const name = `${deployment.metadata.name}-${hash}`
  if (
    context.api.get({ group: 'apps', kind: 'ReplicaSet', namespace: deployment.metadata.namespace ?? '', name }) !==
    undefined
  ) {
    return countCollision(context, deployment, sets)
  }
  const labels = { ...deployment.spec.template.metadata?.labels, [hashLabel]: hash }
  const template: PodTemplate = cloneJson(deployment.spec.template)
  template.metadata = { ...template.metadata, labels }
  const current = context.api.create(
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name,
        namespace: deployment.metadata.namespace ?? '',
        labels,
        annotations: { ...inherited(deployment), ...replicaAnnotations(deployment), [revisionAnnotation]: revision },
        ownerReferences: [controlledBy(deployment)],
      },
      spec: {
        replicas,
        ...(deployment.spec.minReadySeconds === undefined ? {} : { minReadySeconds: deployment.spec.minReadySeconds }),
        selector: {
          ...deployment.spec.selector,
          matchLabels: { ...deployment.spec.selector.matchLabels, [hashLabel]: hash },
        },
        template,
      },
    },
    { manager: 'kube-controller-manager' },
  ) as ReplicaSet
  writeRevision(context, deployment, revision)
  const message = `Scaled up replica set ${name} from 0 to ${replicas}`
  context.events.record({ object: deployment, source: 'deployment-controller', reason: 'ScalingReplicaSet', message })
  announce(context, deployment, { reason: 'NewReplicaSetCreated', message: `Created new replica set "${name}"` })
  return { ...sets, current }
}

/** Removes the oldest ReplicaSets without pods beyond `revisionHistoryLimit`. */
export function dropOldRevisions(
  context: ControllerContext,
  deployment: Deployment,
  sets: DeploymentSets,
): DeploymentSets {
  const limit = deployment.spec.revisionHistoryLimit ?? 10
  const idle = sets.old.filter(isIdle).sort((a, b) => revisionOf(a) - revisionOf(b))
  const excess = new Set(idle.slice(0, Math.max(0, sets.old.length - limit)))
  for (const set of excess) context.api.delete(keyOf(set))
  return { ...sets, old: sets.old.filter((set) => !excess.has(set)) }
}

/** The number of a ReplicaSet's rollout, 0 when it has none. */
export function revisionOf(set: ReplicaSet): number {
  return Number(set.metadata.annotations?.[revisionAnnotation] ?? 0)
}

/** What ReplicaSets remember of the Deployment's size, to scale in proportion later. */
export function replicaAnnotations(deployment: Deployment): Record<string, string> {
  const replicas = deployment.spec.replicas ?? 1
  const { surge } = limits(deployment)
  return { [desiredAnnotation]: String(replicas), [maximumAnnotation]: String(replicas + surge) }
}

/** The size that a ReplicaSet remembers of its Deployment. */
export function rememberedReplicas(set: ReplicaSet): number | undefined {
  const value = set.metadata.annotations?.[desiredAnnotation]
  return value === undefined ? undefined : Number(value)
}

/** Says on the Deployment that its rollout moved. */
export function announce(
  context: ControllerContext,
  deployment: Deployment,
  progress: { reason: string; message: string },
): void {
  const stored = context.api.get(keyOf(deployment)) as Deployment | undefined
  if (stored === undefined || deployment.spec.progressDeadlineSeconds === undefined) return
  updateStatusIfChanged(context.api, stored, (copy) => {
    const state = { type: 'Progressing', status: 'True' as const, ...progress }
    copy.status = {
      ...copy.status,
      conditions: withDatedCondition(copy.status?.conditions, state, context.clock.now()),
    }
  })
}

function isIdle(set: ReplicaSet): boolean {
  const { replicas = 1 } = set.spec
  return replicas === 0 && (set.status?.replicas ?? 0) === 0 && set.metadata.deletionTimestamp === undefined
}

function countCollision(context: ControllerContext, deployment: Deployment, sets: DeploymentSets): DeploymentSets {
  const stored = (context.api.get(keyOf(deployment)) as Deployment | undefined) ?? deployment
  updateStatusIfChanged(context.api, stored, (copy) => {
    copy.status = { ...copy.status, collisionCount: (copy.status?.collisionCount ?? 0) + 1 }
  })
  return sets
}

function writeRevision(context: ControllerContext, deployment: Deployment, revision: string): void {
  const stored = context.api.get(keyOf(deployment)) as Deployment | undefined
  if (stored === undefined) return
  updateIfChanged(context.api, stored, (copy) => {
    copy.metadata.annotations = { ...copy.metadata.annotations, [revisionAnnotation]: revision }
  })
}

function inherited(deployment: Deployment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !ownAnnotations.has(key)),
  )
}

function withRevision(history: string | undefined, revision: number): string {
  return history === undefined || history === '' ? String(revision) : `${history},${revision}`
}

function withoutHash(template: PodTemplate): unknown {
  const { [hashLabel]: _hash, ...labels } = template.metadata?.labels ?? {}
  return { ...template, metadata: { ...template.metadata, labels } }
}
