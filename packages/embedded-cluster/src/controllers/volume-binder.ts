import { formatKey, type KubeObject, keyOf } from '@driftless/kube-objects'
import { list, record, records, text } from '../json.ts'
import type { Pod } from './objects.ts'
import { isFinished } from './pod-facts.ts'
import { updateIfChanged, updateStatusIfChanged } from './runtime/change-object.ts'
import { type Change, type Controller, type ControllerContext, keyOfChange } from './runtime/controller.ts'

/** The provisioner of the cluster's own storage class: its volumes hold nothing. */
export const provisioner = 'driftless.dev/simulated'
const claimProtection = 'kubernetes.io/pvc-protection'
const volumeProtection = 'kubernetes.io/pv-protection'

/** Binds claims to volumes: to a free one that fits, else to a new one of the claim's class; releases and reclaims them. */
export function volumeBinderController(context: ControllerContext): Controller {
  const { api } = context
  return {
    name: 'persistentvolume-controller',
    watches: ['/PersistentVolumeClaim', '/PersistentVolume', '/Pod', 'storage.k8s.io/StorageClass'],
    keysOf: (change) => keysOf(context, change),
    reconcile(key) {
      const object = api.get(key)
      if (object === undefined) return undefined
      if (object.kind === 'PersistentVolume') reconcileVolume(context, object)
      else if (object.metadata.deletionTimestamp !== undefined) releaseClaim(context, object)
      else reconcileClaim(context, object)
      return undefined
    },
  }
}

function keysOf(context: ControllerContext, change: Change): string[] {
  const { object } = change
  if (object.kind === 'Pod') {
    const isOver = change.type === 'DELETED' || isFinished(object as Pod)
    return isOver
      ? claimsOf(object).map((name) =>
          formatKey({ group: '', kind: 'PersistentVolumeClaim', namespace: object.metadata.namespace ?? '', name }),
        )
      : []
  }
  if (object.kind === 'StorageClass') return pending(context)
  if (object.kind === 'PersistentVolume') {
    const { claimRef } = record(object.spec)
    const { namespace, name } = record(claimRef)
    const own = change.type === 'DELETED' ? [] : [keyOfChange(change)]
    if (text(name) === '') return [...own, ...pending(context)]
    return [
      ...own,
      formatKey({ group: '', kind: 'PersistentVolumeClaim', namespace: text(namespace), name: text(name) }),
    ]
  }
  const volume = text(record(object.spec).volumeName)
  const volumeKey =
    volume === '' ? [] : [formatKey({ group: '', kind: 'PersistentVolume', namespace: '', name: volume })]
  return change.type === 'DELETED' ? volumeKey : [keyOfChange(change), ...volumeKey]
}

function pending(context: ControllerContext): string[] {
  const claims = context.api.list({ group: '', kind: 'PersistentVolumeClaim' })
  return claims.filter((claim) => record(claim.status).phase === 'Pending').map((claim) => formatKey(keyOf(claim)))
}

function claimsOf(pod: KubeObject): string[] {
  return records(record(pod.spec).volumes)
    .map((volume) => text(record(volume.persistentVolumeClaim).claimName))
    .filter((name) => name !== '')
}

function reconcileClaim(context: ControllerContext, claim: KubeObject): void {
  const bound = text(record(claim.spec).volumeName)
  const volume =
    bound === ''
      ? (freeVolume(context, claim) ?? provision(context, claim))
      : context.api.get({ group: '', kind: 'PersistentVolume', name: bound })
  if (volume === undefined) return
  bind(context, claim, volume)
}

function bind(context: ControllerContext, claim: KubeObject, volume: KubeObject): void {
  const { api } = context
  const { name, namespace, uid } = claim.metadata
  const reference = record(record(volume.spec).claimRef)
  if (
    text(reference.name) !== '' &&
    (reference.name !== name ||
      reference.namespace !== namespace ||
      (text(reference.uid) !== '' && reference.uid !== uid))
  )
    return
  const taken = updateIfChanged(api, volume, (copy) => {
    copy.spec = {
      ...record(copy.spec),
      claimRef: {
        ...record(record(copy.spec).claimRef),
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        name,
        namespace,
        uid,
      },
    }
  })
  updateStatusIfChanged(api, taken, (copy) => {
    copy.status = { ...record(copy.status), phase: 'Bound' }
  })
  const named = updateIfChanged(api, claim, (copy) => {
    copy.spec = { ...record(copy.spec), volumeName: volume.metadata.name }
    copy.metadata.annotations = {
      ...copy.metadata.annotations,
      'pv.kubernetes.io/bind-completed': 'yes',
      'pv.kubernetes.io/bound-by-controller': 'yes',
    }
  })
  updateStatusIfChanged(api, named, (copy) => {
    const capacity = { storage: requested(named) ?? record(record(volume.spec).capacity).storage }
    copy.status = {
      ...record(copy.status),
      phase: 'Bound',
      accessModes: list(record(volume.spec).accessModes),
      capacity,
    }
  })
}

function freeVolume(context: ControllerContext, claim: KubeObject): KubeObject | undefined {
  const { name, namespace } = claim.metadata
  const spec = record(claim.spec)
  return context.api.list({ group: '', kind: 'PersistentVolume' }).find((volume) => {
    const { claimRef, storageClassName, accessModes } = record(volume.spec)
    if (volume.metadata.deletionTimestamp !== undefined) return false
    if (text(record(claimRef).name) !== '')
      return record(claimRef).name === name && record(claimRef).namespace === namespace
    return (
      text(storageClassName) === text(spec.storageClassName) &&
      list(spec.accessModes).every((mode) => list(accessModes).includes(mode))
    )
  })
}

/** A new volume, when the claim's class is one of the cluster's own. */
function provision(context: ControllerContext, claim: KubeObject): KubeObject | undefined {
  const { api, events } = context
  const spec = record(claim.spec)
  const className = text(spec.storageClassName)
  const storageClass =
    className === '' ? undefined : api.get({ group: 'storage.k8s.io', kind: 'StorageClass', name: className })
  const source = 'persistentvolume-controller'
  if (storageClass === undefined) {
    const message =
      className === ''
        ? 'no persistent volumes available for this claim and no storage class is set'
        : `storageclass.storage.k8s.io "${className}" not found`
    events.record({
      object: claim,
      source,
      type: className === '' ? 'Normal' : 'Warning',
      reason: className === '' ? 'FailedBinding' : 'ProvisioningFailed',
      message,
    })
    return undefined
  }
  if (storageClass.provisioner !== provisioner) {
    const message = `Waiting for a volume to be created either by the external provisioner '${text(storageClass.provisioner)}' or manually by the system administrator.`
    events.record({ object: claim, source, reason: 'ExternalProvisioning', message })
    return undefined
  }
  const name = `pvc-${claim.metadata.uid}`
  const volume = api.create(
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name, annotations: { 'pv.kubernetes.io/provisioned-by': provisioner } },
      spec: {
        capacity: { storage: requested(claim) },
        accessModes: list(spec.accessModes),
        persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
        storageClassName: className,
        volumeMode: spec.volumeMode ?? 'Filesystem',
        csi: { driver: provisioner, volumeHandle: name },
      },
    },
    { manager: 'kube-controller-manager' },
  )
  events.record({
    object: claim,
    source: provisioner,
    reason: 'ProvisioningSucceeded',
    message: `Successfully provisioned volume ${name}`,
  })
  return volume
}

function requested(claim: KubeObject): unknown {
  return record(record(record(claim.spec).resources).requests).storage
}

/** A claim that is being deleted stays while a pod uses it. */
function releaseClaim(context: ControllerContext, claim: KubeObject): void {
  const pods = context.api.list({ group: '', kind: 'Pod' }, { namespace: claim.metadata.namespace ?? '' }) as Pod[]
  if (pods.some((pod) => !isFinished(pod) && claimsOf(pod).includes(claim.metadata.name ?? ''))) return
  dropFinalizer(context, claim, claimProtection)
}

/** A volume without its claim is deleted or kept, as its policy says. */
function reconcileVolume(context: ControllerContext, volume: KubeObject): void {
  const spec = record(volume.spec)
  const { namespace, name, uid } = record(spec.claimRef)
  const claim = context.api.get({
    group: '',
    kind: 'PersistentVolumeClaim',
    namespace: text(namespace),
    name: text(name),
  })
  const isHeld = text(name) !== '' && claim !== undefined && (text(uid) === '' || claim.metadata.uid === uid)
  if (volume.metadata.deletionTimestamp !== undefined) {
    if (!isHeld) dropFinalizer(context, volume, volumeProtection)
    return
  }
  if (isHeld) return
  const wasBound = text(uid) !== ''
  if (wasBound && spec.persistentVolumeReclaimPolicy === 'Delete') return void context.api.delete(keyOf(volume))
  updateStatusIfChanged(context.api, volume, (copy) => {
    copy.status = { ...record(copy.status), phase: wasBound ? 'Released' : 'Available' }
  })
}

function dropFinalizer(context: ControllerContext, object: KubeObject, finalizer: string): void {
  updateIfChanged(context.api, object, (copy) => {
    copy.metadata.finalizers = (copy.metadata.finalizers ?? []).filter((name) => name !== finalizer)
  })
}
