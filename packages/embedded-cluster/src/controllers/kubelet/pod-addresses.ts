import type { KubeApi } from '@driftless/kube-server'
import { records, text } from '../../json.ts'
import type { Node, Pod } from '../objects.ts'

/** Hands out pod IPs from the nodes' ranges, none twice among living pods. */
export interface PodAddresses {
  take(pod: Pod): string
  release(pod: Pod): void
}

/** Makes an allocator that knows the addresses of the pods that exist already. */
export function createPodAddresses(api: KubeApi): PodAddresses {
  const used = new Set(
    (api.list({ group: '', kind: 'Pod' }) as Pod[]).map((pod) => pod.status?.podIP).filter((ip) => ip !== undefined),
  )
  const next = new Map<string, number>()
  return {
    take(pod) {
      const node = pod.spec.nodeName ?? ''
      const prefix = rangeOf(api, node)
      for (let tries = 0; tries < 65_000; tries += 1) {
        const number = next.get(prefix) ?? 2
        next.set(prefix, number >= 65_534 ? 2 : number + 1)
        const ip = `${prefix}.${number >> 8}.${number & 255}`
        if (used.has(ip) || (number & 255) === 255 || (number & 255) === 0) continue
        used.add(ip)
        return ip
      }
      return `${prefix}.255.254`
    },
    release(pod) {
      if (pod.status?.podIP !== undefined) used.delete(pod.status.podIP)
    },
  }
}

/** The address of a node. */
export function nodeAddress(api: KubeApi, name: string): string {
  const node = api.get({ group: '', kind: 'Node', name }) as Node | undefined
  return text(records(node?.status?.addresses).find((address) => address.type === 'InternalIP')?.address) || '127.0.0.1'
}

/** The first two numbers of the node's pod range (each node has a /16). */
function rangeOf(api: KubeApi, name: string): string {
  const node = api.get({ group: '', kind: 'Node', name }) as Node | undefined
  return (node?.spec?.podCIDR ?? '10.244.0.0/16').split('.').slice(0, 2).join('.')
}
