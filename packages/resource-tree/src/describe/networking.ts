import { gvkOf, type KubeObject } from '@driftless/kube-objects'
import type { NetworkingInfo, ResourceReference } from '@driftless/model'
import { isObject, listAt, objectAt, textAt, valueAt } from '../fields.ts'
import { ingressTargets, ingressUrls } from './ingress.ts'
import { routeTargets, virtualServiceTargets } from './route.ts'

const linkPrefix = 'link.argocd.argoproj.io/'

/** What an object says about traffic: whom it selects or points at, its labels, its addresses. */
export function networkingOf(object: KubeObject): NetworkingInfo | undefined {
  const own = ownNetworking(object)
  const links = linksOf(object)
  if (links.length === 0) return own
  return { ...own, externalURLs: [...new Set([...(own?.externalURLs ?? []), ...links])] }
}

function ownNetworking(object: KubeObject): NetworkingInfo | undefined {
  const { group, kind } = gvkOf(object)
  switch (`${group}/${kind}`) {
    case '/Pod':
      return object.metadata.labels === undefined ? undefined : { labels: object.metadata.labels }
    case '/Service':
      return serviceNetworking(object)
    case 'networking.k8s.io/Ingress':
    case 'extensions/Ingress':
      return ingressNetworking(object)
    case 'gateway.networking.k8s.io/HTTPRoute':
    case 'gateway.networking.k8s.io/GRPCRoute':
    case 'gateway.networking.k8s.io/TCPRoute':
    case 'gateway.networking.k8s.io/TLSRoute':
    case 'gateway.networking.k8s.io/UDPRoute':
      return withTargets(routeTargets(object))
    case 'networking.istio.io/VirtualService':
      return withTargets(virtualServiceTargets(object))
    case 'networking.istio.io/ServiceEntry':
      return { targetLabels: textMap(objectAt(object, 'spec', 'workloadSelector', 'labels')) }
    default:
      return undefined
  }
}

function serviceNetworking(object: KubeObject): NetworkingInfo {
  const selector = textMap(objectAt(object, 'spec', 'selector'))
  const isLoadBalancer = textAt(object, 'spec', 'type') === 'LoadBalancer'
  return { targetLabels: selector, ...(isLoadBalancer ? { ingress: addressesOf(object) } : {}) }
}

function ingressNetworking(object: KubeObject): NetworkingInfo {
  const ingress = addressesOf(object)
  const hidden = object.metadata.annotations?.['argocd.argoproj.io/ignore-default-links'] === 'true'
  return {
    targetRefs: ingressTargets(object),
    ingress,
    externalURLs: hidden ? [] : ingressUrls(object, ingress),
  }
}

function addressesOf(object: KubeObject): { ip?: string; hostname?: string }[] {
  return listAt(object, 'status', 'loadBalancer', 'ingress')
    .filter(isObject)
    .map((entry) => {
      const ip = textAt(entry, 'ip')
      const hostname = textAt(entry, 'hostname')
      return { ...(hostname === '' ? {} : { hostname }), ...(ip === '' ? {} : { ip }) }
    })
}

function withTargets(targetRefs: ResourceReference[]): NetworkingInfo {
  return { targetRefs }
}

function textMap(map: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** Links that the object's author wrote: `url` or `title|url`; schemes that could run script are dropped. */
function linksOf({ metadata }: KubeObject): string[] {
  const annotations = valueAt(metadata, 'annotations')
  if (!isObject(annotations)) return []
  return Object.keys(annotations)
    .filter((key) => key.startsWith(linkPrefix))
    .map((key) => textAt(annotations, key))
    .filter((link) => /^https?:\/\//i.test(link.slice(link.lastIndexOf('|') + 1).trim()))
}
