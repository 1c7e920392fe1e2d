import type { JsonObject } from '../object.ts'
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

/** Pod-level requests follow pod-level limits. */
function podResourceDefaults(spec: JsonObject): void {
  requestsFromLimits(objectAt(spec, 'resources'))
}
