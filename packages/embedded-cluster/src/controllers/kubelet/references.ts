import type { KubeApi } from '@driftless/kube-server'
import { isRecord, list, record, records, text } from '../../json.ts'
import type { Container, Pod } from '../objects.ts'

/** What a container's environment refers to and the cluster does not have, as the kubelet words it. */
export function missingReference(api: KubeApi, pod: Pod, container: Container): string | undefined {
  const wanted = [
    ...records(container.envFrom).flatMap((source) => [
      reference('ConfigMap', source.configMapRef),
      reference('Secret', source.secretRef),
    ]),
    ...records(container.env).flatMap((variable) => {
      const from = record(variable.valueFrom)
      return [reference('ConfigMap', from.configMapKeyRef), reference('Secret', from.secretKeyRef)]
    }),
  ]
  for (const item of wanted) {
    if (item === undefined) continue
    const object = api.get({ group: '', kind: item.kind, namespace: pod.metadata.namespace ?? '', name: item.name })
    if (object === undefined) return `${item.kind.toLowerCase()} "${item.name}" not found`
    const keys = [...Object.keys(record(object.data)), ...Object.keys(record(object.binaryData))]
    if (item.key !== undefined && !keys.includes(item.key)) {
      return `couldn't find key ${item.key} in ${item.kind} ${pod.metadata.namespace}/${item.name}`
    }
  }
  return undefined
}

/** The first volume that cannot be mounted because what it shows does not exist, as the kubelet words it. */
export function unmountableVolume(api: KubeApi, pod: Pod): string | undefined {
  for (const volume of pod.spec.volumes ?? []) {
    const sources = [volume, ...list(record(volume.projected).sources).map(record)]
    for (const source of sources) {
      const missing = missingSource(api, pod, source)
      if (missing !== undefined) return `MountVolume.SetUp failed for volume "${volume.name}" : ${missing}`
    }
  }
  return undefined
}

function missingSource(api: KubeApi, pod: Pod, source: Record<string, unknown>): string | undefined {
  const secret = isRecord(source.secret)
    ? { kind: 'Secret', name: text(source.secret.secretName ?? source.secret.name), from: source.secret }
    : undefined
  const config = isRecord(source.configMap)
    ? { kind: 'ConfigMap', name: text(source.configMap.name), from: source.configMap }
    : undefined
  for (const item of [secret, config]) {
    if (item === undefined || item.from.optional === true) continue
    if (
      api.get({ group: '', kind: item.kind, namespace: pod.metadata.namespace ?? '', name: item.name }) === undefined
    ) {
      return `${item.kind.toLowerCase()} "${item.name}" not found`
    }
  }
  return undefined
}

function reference(
  kind: 'ConfigMap' | 'Secret',
  value: unknown,
): { kind: string; name: string; key?: string } | undefined {
  if (!isRecord(value) || value.optional === true) return undefined
  return { kind, name: text(value.name), ...(typeof value.key === 'string' ? { key: value.key } : {}) }
}
