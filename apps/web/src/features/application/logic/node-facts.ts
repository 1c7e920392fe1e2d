import type { ResourceNode } from '@driftless/model'
import type { TreeBox } from '@driftless/resource-tree'

const shortKinds: Readonly<Record<string, string>> = {
  ConfigMap: 'cm',
  CronJob: 'cronjob',
  CustomResourceDefinition: 'crd',
  DaemonSet: 'ds',
  Deployment: 'deploy',
  EndpointSlice: 'slice',
  HorizontalPodAutoscaler: 'hpa',
  Ingress: 'ing',
  Namespace: 'ns',
  NetworkPolicy: 'netpol',
  PersistentVolumeClaim: 'pvc',
  PodDisruptionBudget: 'pdb',
  ReplicaSet: 'rs',
  Service: 'svc',
  ServiceAccount: 'sa',
  StatefulSet: 'sts',
}

/** A kind in a few letters, as kubectl shortens it. */
export function shortKind(kind: string): string {
  return Object.hasOwn(shortKinds, kind) ? (shortKinds[kind] ?? kind) : kind.toLowerCase()
}

/** The value of an info item. */
export function infoOf(node: ResourceNode, name: string): string | undefined {
  return node.info?.find((item) => item.name === name)?.value
}

/** What stands under a node's name: kind, revision, pods that are ready, why it is not well. */
export function nodeFacts(node: ResourceNode): string[] {
  const facts = [shortKind(node.kind)]
  const revision = infoOf(node, 'Revision')
  const containers = infoOf(node, 'Containers')
  const reason = infoOf(node, 'Status Reason')
  const restarts = infoOf(node, 'Restart Count')
  if (revision !== undefined) facts.push(revision.toLowerCase())
  if (containers !== undefined) facts.push(containers)
  if (reason !== undefined && reason !== 'Running') facts.push(reason)
  if (restarts !== undefined && restarts !== '0') facts.push(`↻${restarts}`)
  return facts
}

/** The name of a box for tests and styles that look for one object. */
export function boxTestId(box: TreeBox, application: { namespace: string; name: string }): string {
  if (box.type === 'application') return `node-Application-${application.namespace}-${application.name}`
  if (box.node !== undefined) return `node-${box.node.kind}-${box.node.namespace ?? ''}-${box.node.name}`
  return `group-${box.nodes?.[0]?.kind ?? ''}-${box.parent ?? ''}`
}

/** The drawn line between two boxes: right angles with round corners. */
export function edgePath(points: readonly { x: number; y: number }[], radius = 8): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  let path = `M${first.x} ${first.y}`
  rest.forEach((point, index) => {
    const before = points[index] ?? point
    const after = rest[index + 1]
    if (after === undefined) {
      path += `L${point.x} ${point.y}`
      return
    }
    const lead = Math.min(radius, distance(before, point) / 2, distance(point, after) / 2)
    const enter = towards(point, before, lead)
    const leave = towards(point, after, lead)
    path += `L${enter.x} ${enter.y}Q${point.x} ${point.y} ${leave.x} ${leave.y}`
  })
  return path
}

interface Point {
  readonly x: number
  readonly y: number
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to)
  if (whole === 0) return from
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole }
}
