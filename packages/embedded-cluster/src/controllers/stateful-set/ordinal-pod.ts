import { cloneJson, type KubeObject } from '@driftless/kube-objects'
import type { Pod, StatefulSet } from '../objects.ts'
import { controlledBy } from '../pod-facts.ts'
import { podFromTemplate } from '../pod-from-template.ts'
import { revisionLabel, templateOf } from '../revision-history.ts'
import type { ControllerContext } from '../runtime/controller.ts'
import type { SetView } from './stateful-set.ts'

/** The number at the end of a pod's name; -1 when there is none. */
export function ordinalOf(pod: Pod): number {
  const number = /-(\d+)$/.exec(pod.metadata.name ?? '')?.[1]
  return number === undefined ? -1 : Number(number)
}

/** Creates the pod of an ordinal together with the claims it mounts. */
export function createOrdinalPod(context: ControllerContext, view: SetView, ordinal: number): void {
  const { set } = view
  const name = `${set.metadata.name}-${ordinal}`
  const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0
  const revision = ordinal < partition ? view.current : view.update
  const pod = podFromTemplate(set, templateOf(revision), {
    name,
    labels: {
      'apps.kubernetes.io/pod-index': String(ordinal),
      [revisionLabel]: revision.metadata.name ?? '',
      'statefulset.kubernetes.io/pod-name': name,
    },
  })
  pod.spec.hostname = name
  pod.spec.subdomain = set.spec.serviceName
  const claims = set.spec.volumeClaimTemplates ?? []
  const named = new Set(claims.map((claim) => claim.metadata.name))
  const others = (pod.spec.volumes ?? []).filter((volume) => !named.has(volume.name))
  if (claims.length > 0) {
    pod.spec.volumes = [
      ...claims.map((claim) => ({
        name: claim.metadata.name ?? '',
        persistentVolumeClaim: { claimName: `${claim.metadata.name}-${name}` },
      })),
      ...others,
    ]
  }
  for (const claim of claims) createClaim(context, set, { claim, pod: name })
  context.api.create(pod, { manager: 'kube-controller-manager' })
  record(context, set, `create Pod ${name} in StatefulSet ${set.metadata.name} successful`)
}

function createClaim(context: ControllerContext, set: StatefulSet, request: { claim: KubeObject; pod: string }): void {
  const name = `${request.claim.metadata.name}-${request.pod}`
  const namespace = set.metadata.namespace ?? ''
  if (context.api.get({ group: '', kind: 'PersistentVolumeClaim', namespace, name }) !== undefined) return
  const owned =
    set.spec.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete'
      ? { ownerReferences: [controlledBy(set)] }
      : {}
  const { labels, annotations } = request.claim.metadata
  context.api.create(
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name,
        namespace,
        labels: { ...labels, ...set.spec.selector.matchLabels },
        ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
        ...owned,
      },
      spec: cloneJson(request.claim.spec),
    },
    { manager: 'kube-controller-manager' },
  )
  record(context, set, `create Claim ${name} Pod ${request.pod} in StatefulSet ${set.metadata.name} success`)
}

function record(context: ControllerContext, set: StatefulSet, message: string): void {
  context.events.record({ object: set, source: 'statefulset-controller', reason: 'SuccessfulCreate', message })
}
