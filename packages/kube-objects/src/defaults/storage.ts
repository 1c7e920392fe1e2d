import type { JsonObject } from '../object.ts'
import { ensureObject, fill, objectAt } from './fill.ts'
import { volumeSourceDefaults } from './volume.ts'

/** Defaults of a PersistentVolumeClaim. */
export function claimDefaults(object: JsonObject): void {
  fill(ensureObject(object, 'spec'), { volumeMode: 'Filesystem' })
  fill(ensureObject(object, 'status'), { phase: 'Pending' })
}

/** Defaults of a PersistentVolume. */
export function volumeKindDefaults(object: JsonObject): void {
  const spec = ensureObject(object, 'spec')
  fill(spec, { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' })
  volumeSourceDefaults(spec)
  fill(ensureObject(object, 'status'), { phase: 'Pending' })
}

/** Defaults of a VolumeAttachment. */
export function volumeAttachmentDefaults(object: JsonObject): void {
  const volume = objectAt(objectAt(objectAt(object, 'spec'), 'source'), 'inlineVolumeSpec')
  if (volume) volumeSourceDefaults(volume)
}

/** Defaults of a StorageClass. */
export function storageClassDefaults(object: JsonObject): void {
  fill(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' })
}

/** Defaults of a CSIDriver. */
export function csiDriverDefaults(object: JsonObject): void {
  fill(ensureObject(object, 'spec'), {
    attachRequired: true,
    podInfoOnMount: false,
    storageCapacity: false,
    fsGroupPolicy: 'ReadWriteOnceWithFSType',
    volumeLifecycleModes: ['Persistent'],
    requiresRepublish: false,
    seLinuxMount: false,
  })
}
