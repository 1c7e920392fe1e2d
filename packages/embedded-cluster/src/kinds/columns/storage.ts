import type { KubeObject } from '@driftless/kube-objects'
import { list, number, record, records, text } from '../../json.ts'
import { type Cells, joined, specOf, statusOf } from './cell.ts'

const accessModeNames: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}

/** Columns of `kubectl get persistentvolumeclaims`. */
export const claimCells: Cells = {
  Status: (object) => (object.metadata.deletionTimestamp === undefined ? text(statusOf(object).phase) : 'Terminating'),
  Volume: (object) => text(specOf(object).volumeName),
  Capacity: (object) => (text(specOf(object).volumeName) === '' ? '' : text(record(statusOf(object).capacity).storage)),
  'Access Modes': (object) => (text(specOf(object).volumeName) === '' ? '' : accessModes(statusOf(object).accessModes)),
  StorageClass: storageClass,
  VolumeAttributesClass: (object) => text(specOf(object).volumeAttributesClassName) || '<unset>',
  VolumeMode: (object) => text(specOf(object).volumeMode) || '<unset>',
}

/** Columns of `kubectl get persistentvolumes`. */
export const volumeCells: Cells = {
  Capacity: (object) => text(record(specOf(object).capacity).storage),
  'Access Modes': (object) => accessModes(specOf(object).accessModes),
  'Reclaim Policy': (object) => text(specOf(object).persistentVolumeReclaimPolicy),
  Status: (object) => (object.metadata.deletionTimestamp === undefined ? text(statusOf(object).phase) : 'Terminating'),
  Claim: (object) => {
    const claim = record(specOf(object).claimRef)
    return text(claim.name) === '' ? '' : `${text(claim.namespace)}/${claim.name}`
  },
  StorageClass: storageClass,
  VolumeAttributesClass: (object) => text(specOf(object).volumeAttributesClassName) || '<unset>',
  Reason: (object) => text(statusOf(object).reason),
  VolumeMode: (object) => text(specOf(object).volumeMode) || '<unset>',
}

/** Columns of `kubectl get storageclasses`. */
export const storageClassCells: Cells = {
  Name: (object) => {
    const isDefault = object.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true'
    return `${object.metadata.name}${isDefault ? ' (default)' : ''}`
  },
  Provisioner: (object) => text(object.provisioner),
  ReclaimPolicy: (object) => text(object.reclaimPolicy) || 'Delete',
  VolumeBindingMode: (object) => text(object.volumeBindingMode) || 'Immediate',
  AllowVolumeExpansion: (object) => object.allowVolumeExpansion === true,
}

/** Columns of `kubectl get volumeattributesclasses`. */
export const volumeAttributesClassCells: Cells = { DriverName: (object) => text(object.driverName) }

/** Columns of `kubectl get volumeattachments`. */
export const volumeAttachmentCells: Cells = {
  Attacher: (object) => text(specOf(object).attacher),
  PV: (object) => text(record(specOf(object).source).persistentVolumeName),
  Node: (object) => text(specOf(object).nodeName),
  Attached: (object) => statusOf(object).attached === true,
}

/** Columns of `kubectl get csidrivers`. */
export const csiDriverCells: Cells = {
  AttachRequired: (object) => specOf(object).attachRequired !== false,
  PodInfoOnMount: (object) => specOf(object).podInfoOnMount === true,
  StorageCapacity: (object) => specOf(object).storageCapacity === true,
  TokenRequests: (object) =>
    joined(
      records(specOf(object).tokenRequests).map((request) => request.audience),
      '<unset>',
    ),
  RequiresRepublish: (object) => specOf(object).requiresRepublish === true,
  Modes: (object) => joined(list(specOf(object).volumeLifecycleModes)),
}

/** Columns of `kubectl get csinodes`. */
export const csiNodeCells: Cells = { Drivers: (object) => list(specOf(object).drivers).length }

/** Columns of `kubectl get resourcequotas`. */
export const resourceQuotaCells: Cells = {
  Request: (object) => quotaText(object, (name) => !name.startsWith('limits.')),
  Limit: (object) => quotaText(object, (name) => name.startsWith('limits.')),
}

function quotaText(quota: KubeObject, belongs: (name: string) => boolean): string {
  const hard = record(statusOf(quota).hard ?? specOf(quota).hard)
  const used = record(statusOf(quota).used)
  const names = Object.keys(hard).filter(belongs).sort()
  return names.map((name) => `${name}: ${used[name] ?? number(undefined)}/${hard[name]}`).join(', ')
}

function accessModes(value: unknown): string {
  return list(value)
    .map((mode) => accessModeNames[String(mode)] ?? String(mode))
    .join(',')
}

function storageClass(object: KubeObject): string {
  const annotated = object.metadata.annotations?.['volume.beta.kubernetes.io/storage-class']
  return annotated ?? text(specOf(object).storageClassName)
}
