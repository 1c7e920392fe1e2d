import type { JsonObject } from '../object.ts'
import { addQuantities, compareQuantities } from '../quantity.ts'
import { ensureObject, fill, objectAt, objectsAt } from './fill.ts'
import { volumeDefaults } from './volume.ts'

const containerLists = ['initContainers', 'containers', 'ephemeralContainers']

/** Defaults of a pod. */
export function podDefaults(pod: JsonObject): void {
  const spec = ensureObject(pod, 'spec')
  podSpecDefaults(spec)
  fill(spec, { enableServiceLinks: true })
  for (const container of [...objectsAt(spec, 'initContainers'), ...objectsAt(spec, 'containers')]) {
    requestsFromLimits(objectAt(container, 'resources'))
    if (spec.hostNetwork === true) {
      for (const port of objectsAt(container, 'ports')) if (!port.hostPort) port.hostPort = port.containerPort
    }
  }
  podResourceDefaults(spec)
}

/** Defaults of a pod template: as of a pod, but what depends on admission stays open. */
export function podTemplateDefaults(template: JsonObject | undefined): void {
  if (template) podSpecDefaults(ensureObject(template, 'spec'))
}

/** Defaults of a pod spec wherever it stands. */
export function podSpecDefaults(spec: JsonObject): void {
  fill(spec, {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    schedulerName: 'default-scheduler',
  })
  // The deprecated alias follows the field that took its place.
  const account = spec.serviceAccountName ?? spec.serviceAccount
  if (account) fill(spec, { serviceAccountName: account, serviceAccount: account })
  for (const volume of objectsAt(spec, 'volumes')) volumeDefaults(volume)
  for (const list of containerLists) for (const container of objectsAt(spec, list)) containerDefaults(container)
}

function containerDefaults(container: JsonObject): void {
  fill(container, {
    imagePullPolicy: pullPolicyOf(container.image),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  })
  for (const port of objectsAt(container, 'ports')) fill(port, { protocol: 'TCP' })
  for (const entry of objectsAt(container, 'env')) envDefaults(objectAt(entry, 'valueFrom'))
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) probeDefaults(objectAt(container, name))
  const lifecycle = objectAt(container, 'lifecycle')
  for (const name of ['postStart', 'preStop']) httpGetDefaults(objectAt(objectAt(lifecycle, name), 'httpGet'))
}

function envDefaults(source: JsonObject | undefined): void {
  const fieldRef = objectAt(source, 'fieldRef')
  if (fieldRef) fill(fieldRef, { apiVersion: 'v1' })
  const fileKeyRef = objectAt(source, 'fileKeyRef')
  if (fileKeyRef) fill(fileKeyRef, { optional: false })
}

function probeDefaults(probe: JsonObject | undefined): void {
  if (!probe) return
  fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 })
  httpGetDefaults(objectAt(probe, 'httpGet'))
  const grpc = objectAt(probe, 'grpc')
  if (grpc) fill(grpc, { service: '' })
}

function httpGetDefaults(httpGet: JsonObject | undefined): void {
  if (httpGet) fill(httpGet, { path: '/', scheme: 'HTTP' })
}

/** `Always` for images without tag or with `latest`, else `IfNotPresent`; a digest pins the image. */
export function pullPolicyOf(image: unknown): string {
  if (typeof image !== 'string' || image === '') return 'IfNotPresent'
  const at = image.indexOf('@')
  const name = at < 0 ? image : image.slice(0, at)
  const tag = /:([^:/]*)$/.exec(name)?.[1]
  if (tag === undefined) return at < 0 ? 'Always' : 'IfNotPresent'
  return tag === 'latest' ? 'Always' : 'IfNotPresent'
}

function requestsFromLimits(resources: JsonObject | undefined): void {
  const limits = objectAt(resources, 'limits')
  if (!resources || !limits) return
  const requests = ensureObject(resources, 'requests')
  for (const [name, limit] of Object.entries(limits)) if (requests[name] === undefined) requests[name] = limit
}

/** Pod-level requests follow those of the containers, and where these have none the pod-level limits. */
function podResourceDefaults(spec: JsonObject): void {
  const resources = objectAt(spec, 'resources')
  const limits = objectAt(resources, 'limits')
  if (!resources || !limits || Object.keys(limits).length === 0) return
  const requests = ensureObject(resources, 'requests')
  for (const [name, sum] of Object.entries(requestsOfContainers(spec))) {
    if (name === 'cpu' || name === 'memory') requests[name] ??= sum
  }
  for (const [name, limit] of Object.entries(limits)) if (isPodLevelResource(name)) requests[name] ??= limit
  if (Object.keys(requests).length === 0) delete resources.requests
}

function isPodLevelResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-')
}

/** What all containers ask for at once: the sum of those that run together, or what one init container needs if that is more. */
function requestsOfContainers(spec: JsonObject): Record<string, string | number> {
  const total: Record<string, string | number> = {}
  const sidecars: Record<string, string | number> = {}
  const peak: Record<string, string | number> = {}
  for (const container of objectsAt(spec, 'containers')) addTo(total, requestsOf(container))
  for (const container of objectsAt(spec, 'initContainers')) {
    const requests = requestsOf(container)
    if (container.restartPolicy === 'Always') {
      addTo(total, requests)
      addTo(sidecars, requests)
      raiseTo(peak, sidecars)
    } else {
      const now = { ...requests }
      addTo(now, sidecars)
      raiseTo(peak, now)
    }
  }
  raiseTo(total, peak)
  return total
}

function requestsOf(container: JsonObject): Record<string, string | number> {
  return (objectAt(objectAt(container, 'resources'), 'requests') ?? {}) as Record<string, string | number>
}

function addTo(sum: Record<string, string | number>, more: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(more)) {
    const now = sum[name]
    sum[name] = now === undefined ? value : addQuantities(now, value)
  }
}

function raiseTo(peak: Record<string, string | number>, other: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(other)) {
    const now = peak[name]
    if (now === undefined || compareQuantities(value, now) > 0) peak[name] = value
  }
}
