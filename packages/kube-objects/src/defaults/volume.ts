import type { JsonObject } from '../object.ts'
import { ensureObject, fill, objectAt, objectsAt } from './fill.ts'
import { pullPolicyOf } from './pod.ts'

/** Permissions of projected files, 0644. */
const fileMode = 420

/** Defaults of the volume sources that pods and persistent volumes share. */
const sourceDefaults: Readonly<Record<string, JsonObject>> = {
  iscsi: { iscsiInterface: 'default' },
  rbd: { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' },
  azureDisk: { cachingMode: 'ReadWrite', kind: 'Shared', fsType: 'ext4', readOnly: false },
  scaleIO: { storageMode: 'ThinProvisioned', fsType: 'xfs' },
}

/** Defaults of a volume of a pod. */
export function volumeDefaults(volume: JsonObject): void {
  if (Object.keys(volume).every((key) => key === 'name')) volume.emptyDir = {}
  for (const source of ['secret', 'configMap', 'downwardAPI', 'projected']) {
    const value = objectAt(volume, source)
    if (value) fill(value, { defaultMode: fileMode })
  }
  downwardDefaults(objectAt(volume, 'downwardAPI'))
  for (const source of objectsAt(objectAt(volume, 'projected'), 'sources')) projectionDefaults(source)
  volumeSourceDefaults(volume)
  const image = objectAt(volume, 'image')
  if (image) fill(image, { pullPolicy: pullPolicyOf(image.reference) })
  const claim = objectAt(objectAt(volume, 'ephemeral'), 'volumeClaimTemplate')
  if (claim) fill(ensureObject(claim, 'spec'), { volumeMode: 'Filesystem' })
}

/** Defaults of the sources that pods and persistent volumes share. */
export function volumeSourceDefaults(volume: JsonObject): void {
  const hostPath = objectAt(volume, 'hostPath')
  if (hostPath) hostPath.type ??= ''
  for (const [name, defaults] of Object.entries(sourceDefaults)) {
    const source = objectAt(volume, name)
    if (source) fill(source, defaults)
  }
}

function projectionDefaults(source: JsonObject): void {
  const token = objectAt(source, 'serviceAccountToken')
  if (token) fill(token, { expirationSeconds: 3600 })
  downwardDefaults(objectAt(source, 'downwardAPI'))
}

function downwardDefaults(source: JsonObject | undefined): void {
  for (const item of objectsAt(source, 'items')) {
    const fieldRef = objectAt(item, 'fieldRef')
    if (fieldRef) fill(fieldRef, { apiVersion: 'v1' })
  }
}
