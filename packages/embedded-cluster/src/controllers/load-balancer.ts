import type { KubeApi } from '@driftless/kube-server'
import { record } from '../json.ts'
import type { Service } from './objects.ts'
import { updateStatusIfChanged } from './runtime/change-object.ts'
import { type Controller, type ControllerContext, keyOfChange } from './runtime/controller.ts'

/** Addresses of load balancers, from the range reserved for documentation: they lead nowhere. */
const addressPrefix = '203.0.113.'
const addresses = 250

/** Gives LoadBalancer Services an address. */
export function loadBalancerController(context: ControllerContext): Controller {
  return {
    name: 'service-controller',
    watches: ['/Service'],
    keysOf: (change) => (change.type === 'DELETED' ? [] : [keyOfChange(change)]),
    reconcile(key) {
      const service = context.api.get(key) as Service | undefined
      if (service === undefined || service.metadata.deletionTimestamp !== undefined) return undefined
      const isBalanced = service.spec.type === 'LoadBalancer' && service.spec.loadBalancerClass === undefined
      const ingress = service.status?.loadBalancer?.ingress
      if (isBalanced === (ingress !== undefined)) return undefined
      const ip = freeAddress(context.api)
      updateStatusIfChanged(context.api, service, (copy) => {
        copy.status = { ...copy.status, loadBalancer: isBalanced ? { ingress: [{ ip, ipMode: 'VIP' }] } : {} }
      })
      if (isBalanced) {
        context.events.record({
          object: service,
          source: 'service-controller',
          reason: 'EnsuredLoadBalancer',
          message: 'Ensured load balancer',
        })
      }
      return undefined
    },
  }
}

/** Gives Ingresses of the default class (or without a class) the address of the ingress controller. */
export function ingressController(context: ControllerContext): Controller {
  return {
    name: 'ingress-controller',
    watches: ['networking.k8s.io/Ingress'],
    keysOf: (change) => (change.type === 'DELETED' ? [] : [keyOfChange(change)]),
    reconcile(key) {
      const ingress = context.api.get(key)
      if (ingress === undefined || ingress.metadata.deletionTimestamp !== undefined) return undefined
      updateStatusIfChanged(context.api, ingress, (copy) => {
        copy.status = { ...record(copy.status), loadBalancer: { ingress: [{ ip: `${addressPrefix}1` }] } }
      })
      return undefined
    },
  }
}

function freeAddress(api: KubeApi): string {
  const services = api.list({ group: '', kind: 'Service' }) as Service[]
  const used = new Set(
    services.flatMap((service) => service.status?.loadBalancer?.ingress?.map((ingress) => ingress.ip) ?? []),
  )
  for (let number = 10; number < addresses; number += 1) {
    if (!used.has(`${addressPrefix}${number}`)) return `${addressPrefix}${number}`
  }
  return `${addressPrefix}${addresses}`
}
