import { parseManifests } from '@driftless/kube-objects'
import { describe, expect, it } from 'vitest'
import { describeNode, podStatus } from '../src/index.ts'

function one(yaml: string) {
  const [object] = parseManifests(yaml)
  if (object === undefined) throw new Error('no object')
  return object
}
const pod = (status: string, spec = '', metadata = '') =>
  one(
    `{apiVersion: v1, kind: Pod, metadata: {name: p${metadata}}, spec: {containers: [{name: a}, {name: b}]${spec}}, status: {${status}}}`,
  )

describe('[D1] the status of a pod is what kubectl get pods prints', () => {
  const running = '{name: a, ready: true, restartCount: 0, state: {running: {}}}'
  it.each([
    ['phase: Pending', '', 'Pending 0/2 0'],
    ['phase: Failed, reason: Evicted', '', 'Evicted 0/2 0'],
    [
      `phase: Running, containerStatuses: [${running}, {name: b, ready: true, restartCount: 2, state: {running: {}}}]`,
      '',
      'Running 2/2 2',
    ],
    [
      `phase: Running, containerStatuses: [${running}, {name: b, restartCount: 7, state: {waiting: {reason: CrashLoopBackOff}}}]`,
      '',
      'CrashLoopBackOff 1/2 7',
    ],
    [
      'phase: Pending, containerStatuses: [{name: a, state: {waiting: {reason: ImagePullBackOff}}}]',
      '',
      'ImagePullBackOff 0/2 0',
    ],
    [
      'phase: Succeeded, containerStatuses: [{name: a, state: {terminated: {reason: Completed, exitCode: 0}}}]',
      '',
      'Completed 0/2 0',
    ],
    ['phase: Failed, containerStatuses: [{name: a, state: {terminated: {exitCode: 3}}}]', '', 'ExitCode:3 0/2 0'],
    [
      'phase: Failed, containerStatuses: [{name: a, state: {terminated: {exitCode: 137, signal: 9}}}]',
      '',
      'Signal:9 0/2 0',
    ],
    [
      `phase: Running, conditions: [{type: Ready, status: "True"}], containerStatuses: [${running}, {name: b, state: {terminated: {reason: Completed, exitCode: 0}}}]`,
      '',
      'Running 1/2 0',
    ],
    [
      `phase: Running, containerStatuses: [${running}, {name: b, state: {terminated: {reason: Completed, exitCode: 0}}}]`,
      '',
      'NotReady 1/2 0',
    ],
    [
      'phase: Pending, initContainerStatuses: [{name: i, state: {running: {}}}]',
      ', initContainers: [{name: i}, {name: j}]',
      'Init:0/2 0/2 0',
    ],
    [
      'phase: Pending, initContainerStatuses: [{name: i, state: {terminated: {exitCode: 0}}}, {name: j, state: {running: {}}}]',
      ', initContainers: [{name: i}, {name: j}]',
      'Init:1/2 0/2 0',
    ],
    [
      'phase: Pending, initContainerStatuses: [{name: i, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}}]',
      ', initContainers: [{name: i}]',
      'Init:CrashLoopBackOff 0/2 4',
    ],
    [
      'phase: Pending, initContainerStatuses: [{name: i, state: {terminated: {exitCode: 1}}}]',
      ', initContainers: [{name: i}]',
      'Init:ExitCode:1 0/2 0',
    ],
    [
      `phase: Running, initContainerStatuses: [{name: i, ready: true, started: true, restartCount: 1, state: {running: {}}}], containerStatuses: [${running}]`,
      ', initContainers: [{name: i, restartPolicy: Always}]',
      'Running 2/3 1',
    ],
    [
      'phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: SchedulingGated}]',
      '',
      'SchedulingGated 0/2 0',
    ],
  ])('%s %s: %s', (status, spec, expected) => {
    const { reason, ready, total, restarts } = podStatus(pod(status, spec))
    expect(`${reason} ${ready}/${total} ${restarts}`).toBe(expected)
  })

  it('a pod that is being deleted is Terminating, on a lost node Unknown, and keeps its end when it has ended', () => {
    const going = ', deletionTimestamp: "2026-01-01T00:00:00Z"'
    expect(podStatus(pod('phase: Running', '', going)).reason).toBe('Terminating')
    expect(podStatus(pod('phase: Running, reason: NodeLost', '', going)).reason).toBe('Unknown')
    expect(podStatus(pod('phase: Succeeded', '', going)).reason).toBe('Succeeded')
  })
})

it('[D2] a pod shows node, containers, restarts, requests in milli-units, images and labels', () => {
  const object = one(`
apiVersion: v1
kind: Pod
metadata: {name: p, labels: {app: web}}
spec:
  nodeName: node-1
  initContainers: [{name: i, image: "init:1"}]
  containers:
  - {name: a, image: "web:1", resources: {requests: {cpu: 250m, memory: 64Mi}}}
  - {name: b, image: "web:1", resources: {requests: {cpu: "1"}}}
status: {phase: Running, containerStatuses: [{name: a, ready: true, restartCount: 3, state: {running: {}}}]}
`)
  expect(describeNode(object)).toEqual({
    info: [
      { name: 'Status Reason', value: 'Running' },
      { name: 'Node', value: 'node-1' },
      { name: 'Containers', value: '1/2' },
      { name: 'Restart Count', value: '3' },
      { name: 'cpu', value: '1250' },
      { name: 'memory', value: '67108864000' },
    ],
    images: ['init:1', 'web:1'],
    networkingInfo: { labels: { app: 'web' } },
  })
})

it('[D3] a revision annotation becomes Rev:N, custom labels are shown', () => {
  const object = one(
    '{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: r, labels: {team: web}, annotations: {deployment.kubernetes.io/revision: "42"}}}',
  )
  expect(describeNode(object, { customLabels: ['team', 'none'] }).info).toEqual([
    { name: 'Revision', value: 'Rev:42' },
    { name: 'team', value: 'web' },
  ])
})

describe('[D4] traffic', () => {
  it('a Service names its pods, a load balancer its addresses', () => {
    const object = one(
      '{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: LoadBalancer, selector: {app: web}}, status: {loadBalancer: {ingress: [{ip: 1.2.3.4}]}}}',
    )
    expect(describeNode(object).networkingInfo).toEqual({ targetLabels: { app: 'web' }, ingress: [{ ip: '1.2.3.4' }] })
  })

  it('an Ingress names its Services and addresses', () => {
    const object = one(`
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i, namespace: demo, annotations: {link.argocd.argoproj.io/docs: "Docs|https://docs", link.argocd.argoproj.io/bad: "javascript:alert(1)"}}
spec:
  tls: [{hosts: [a.example.com]}]
  rules:
  - {host: a.example.com, http: {paths: [{path: /shop*, backend: {service: {name: web}}}, {path: /api, backend: {service: {name: api}}}]}}
  - {http: {paths: [{path: /, backend: {service: {name: web}}}]}}
status: {loadBalancer: {ingress: [{hostname: lb.example.com}]}}
`)
    expect(describeNode(object).networkingInfo).toEqual({
      targetRefs: ['web', 'api'].map((name) => ({ group: '', kind: 'Service', namespace: 'demo', name })),
      ingress: [{ hostname: 'lb.example.com' }],
      externalURLs: [
        'http://lb.example.com/',
        'https://a.example.com/api',
        'https://a.example.com/shop',
        'Docs|https://docs',
      ],
    })
  })

  it('a route names its backends', () => {
    const object = one(
      '{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r, namespace: demo}, spec: {rules: [{backendRefs: [{name: web}, {name: web}]}]}}',
    )
    expect(describeNode(object).networkingInfo?.targetRefs).toEqual([
      { group: '', kind: 'Service', namespace: 'demo', name: 'web' },
    ])
  })
})

it('[D5] objects with fields of wrong types are described without them', () => {
  for (const kind of ['Pod', 'Service'])
    expect(() =>
      describeNode(
        one(
          `{apiVersion: v1, kind: ${kind}, metadata: {name: x}, spec: [1], status: {containerStatuses: {}, loadBalancer: 3}}`,
        ),
      ),
    ).not.toThrow()
})
