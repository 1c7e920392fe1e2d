import { type KubeObject, parseQuantity } from '@driftless/kube-objects'
import type { InfoItem } from '@driftless/model'
import { listAt, textAt, valueAt } from '../fields.ts'
import { podStatus } from './pod-status.ts'

/** Info items of a pod: status as kubectl prints it, node, containers, restarts, requests in milli-units. */
export function describePod(pod: KubeObject): InfoItem[] {
  const status = podStatus(pod)
  const node = textAt(pod, 'spec', 'nodeName')
  const item = (name: string, value: string | number) => ({ name, value: String(value) })
  return [
    ...(status.reason === '' ? [] : [item('Status Reason', status.reason)]),
    ...(node === '' ? [] : [item('Node', node)]),
    item('Containers', `${status.ready}/${status.total}`),
    ...(status.restarts > 0 ? [item('Restart Count', status.restarts)] : []),
    ...requestItems(pod),
  ]
}

/** Images of all containers of a pod, each once. */
export function podImages(pod: KubeObject): string[] {
  const containers = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')]
  return [...new Set(containers.map((container) => textAt(container, 'image')).filter((image) => image !== ''))]
}

function requestItems(pod: KubeObject): InfoItem[] {
  return ['cpu', 'memory'].flatMap((resource) => {
    const amounts = listAt(pod, 'spec', 'containers').map((container) =>
      milliUnits(valueAt(container, 'resources', 'requests', resource)),
    )
    const known = amounts.filter((amount) => amount !== undefined)
    if (known.length === 0) return []
    return [{ name: resource, value: String(known.reduce((sum, amount) => sum + amount, 0n)) }]
  })
}

/** A quantity in thousandths, rounded up; undefined where there is none or it is not one. */
function milliUnits(quantity: unknown): bigint | undefined {
  if (typeof quantity !== 'string' && typeof quantity !== 'number') return undefined
  try {
    const { value, scale } = parseQuantity(quantity)
    const shift = 3 - scale
    if (shift >= 0) return value * 10n ** BigInt(shift)
    const divisor = 10n ** BigInt(-shift)
    return (value + divisor - 1n) / divisor
  } catch {
    return undefined
  }
}
