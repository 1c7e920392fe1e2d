import { describe, expect, it } from 'vitest'
import { compare } from '../src/index.ts'
import { clientApplied, one, serverApplied } from './manifest.ts'

const web = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: demo, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: web:1
        env:
        - {name: MODE, value: fast}
        - {name: EMPTY, value: ""}
        resources: {requests: {cpu: 1000m}}
      - name: proxy
        image: proxy:1
`
const paths = (comparison: ReturnType<typeof compare>) => comparison.differences.map(({ path }) => path)

describe('presence', () => {
  it('[P1] an object that is not in the cluster is modified', () => {
    expect(compare({ live: undefined, target: one(web) })).toMatchObject({ modified: true, normalizedLive: null })
  })

  it('[P2] an object that is not desired is not modified: it is pruned, not changed', () => {
    expect(compare({ live: one(web), target: undefined })).toMatchObject({ modified: false, predictedLive: null })
  })

  it('[P3] nothing on either side is nothing', () => {
    expect(compare({ live: undefined, target: undefined }).modified).toBe(false)
  })
})

describe('strategies', () => {
  it('[S1] a changed field is one difference with its path and both values', () => {
    const { differences } = compare({ live: clientApplied(web), target: one(web.replace('web:1', 'web:2')) })
    expect(differences).toEqual([{ path: 'spec.template.spec.containers[0].image', live: 'web:1', desired: 'web:2' }])
  })

  it('[S2] three-way notices a field that was applied before and is not desired any more', () => {
    const live = clientApplied(web)
    const target = one(web.replace('        - {name: MODE, value: fast}\n', ''))
    expect(compare({ live, target }).differences).toEqual([
      { path: 'spec.template.spec.containers[0].env[0]', live: { name: 'MODE', value: 'fast' } },
    ])
  })

  it('[S3] two-way does not notice removed fields', () => {
    const target = one(web.replace('        - {name: MODE, value: fast}\n', ''))
    expect(compare({ live: clientApplied(web), target, strategy: 'two-way' }).modified).toBe(false)
  })

  it('[S4] what others added is not a difference', () => {
    const live = clientApplied(web)
    live.metadata.labels = { ...live.metadata.labels, added: 'by-hand' }
    live.metadata.annotations = { ...live.metadata.annotations, 'deployment.kubernetes.io/revision': '3' }
    expect(compare({ live, target: one(web) }).modified).toBe(false)
  })

  it('[S5] an object that we applied server-side is compared by what we own: a removed field is noticed', () => {
    const live = serverApplied(web, 'argocd-controller')
    const target = one(web.replace('        - {name: MODE, value: fast}\n', ''))
    expect(paths(compare({ live, target }))).toEqual(['spec.template.spec.containers[0].env[0]'])
    expect(compare({ live, target: one(web) }).modified).toBe(false)
  })

  it('[S6] a difference names the manager that last set the live field', () => {
    const ours = serverApplied(web, 'argocd-controller')
    const scaled = serverApplied(
      '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: demo}, spec: {replicas: 5}}',
      'kubectl-scale',
      ours,
    )
    expect(compare({ live: scaled, target: one(web) }).differences).toEqual([
      { path: 'spec.replicas', live: 5, desired: 2, manager: 'kubectl-scale' },
    ])
  })

  it('[S7] the answer of a dry run is compared as it is, but for what webhooks put there', () => {
    const live = serverApplied(web, 'argocd-controller')
    const predicted = serverApplied(web.replace('web:1', 'web:2'), 'argocd-controller', live)
    predicted.metadata.labels = { ...predicted.metadata.labels, injected: 'by-webhook' }
    const target = one(web.replace('web:1', 'web:2'))
    const request = { live, target, predicted, strategy: 'server-side' as const }
    expect(paths(compare(request))).toEqual(['spec.template.spec.containers[0].image'])
    expect(paths(compare({ ...request, includeMutationWebhook: true })).sort()).toEqual([
      'metadata.labels.injected',
      'spec.template.spec.containers[0].image',
    ])
  })

  it('[S7] what a webhook does to an item goes back although an item before it was taken out', () => {
    const live = serverApplied(web, 'argocd-controller')
    const withoutWeb = web.replace(/ {6}- name: web.*?(?= {6}- name: proxy)/s, '')
    const predicted = serverApplied(withoutWeb, 'argocd-controller', live)
    const { template } = predicted.spec as { template: { spec: { containers: { name: string; tty?: boolean }[] } } }
    expect(template.spec.containers.map(({ name }) => name)).toEqual(['proxy'])
    for (const container of template.spec.containers) container.tty = true
    const { differences } = compare({ live, target: one(withoutWeb), predicted, strategy: 'server-side' })
    expect(differences.map(({ path, desired }) => [path, desired])).toEqual([
      ['spec.template.spec.containers[0]', undefined],
    ])
  })

  it('[S8] custom resources are merged as JSON: lists as a whole', () => {
    const yaml =
      '{apiVersion: example.com/v1, kind: Widget, metadata: {name: w}, spec: {list: [{k: a}, {k: b}], size: 1}}'
    const target = one(yaml.replace('{k: b}', '{k: c}'))
    expect(compare({ live: clientApplied(yaml), target }).differences).toEqual([
      { path: 'spec.list[1].k', live: 'b', desired: 'c' },
    ])
  })

  it('[S9] a broken last-applied annotation leaves the two-way comparison', () => {
    const live = one(web)
    live.metadata.annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{not json' }
    expect(compare({ live, target: one(web) }).modified).toBe(false)
  })

  it('[S10] the namespace of a target is its destination’s business', () => {
    expect(compare({ live: clientApplied(web), target: one(web.replace(', namespace: demo', '')) }).modified).toBe(
      false,
    )
  })
})

describe('normalisation', () => {
  const same = (live: string, target: string) => compare({ live: one(live), target: one(target) }).modified

  it('[N1] quantities are compared by amount', () => {
    expect(compare({ live: clientApplied(web), target: one(web.replace('1000m', '1')) }).modified).toBe(false)
    expect(compare({ live: clientApplied(web), target: one(web.replace('1000m', '1001m')) }).modified).toBe(true)
  })

  it('[N2] values that the server cannot tell from absence do not count, a pointer’s zero does', () => {
    const hostNetwork = web.replace('      containers:', '      hostNetwork: false\n      containers:')
    expect(compare({ live: clientApplied(web), target: one(hostNetwork) }).modified).toBe(false)
    const automount = web.replace('      containers:', '      automountServiceAccountToken: false\n      containers:')
    expect(compare({ live: clientApplied(web), target: one(automount) }).modified).toBe(true)
  })

  it('[N3] stringData counts as data', () => {
    const live = '{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {a: aMOpbGxv}}'
    expect(same(live, '{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {a: "héllo"}}')).toBe(false)
    expect(same(live, '{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {a: other}}')).toBe(true)
  })

  it('[N4] a role without rules is a role with empty rules; aggregated rules are the cluster’s when asked', () => {
    const role = (rest: string) =>
      `{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: r}, ${rest}}`
    expect(same(role('rules: null'), role('rules: []'))).toBe(false)
    const aggregated = role(
      'aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}, rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]',
    )
    const request = { live: one(aggregated), target: one(aggregated.replace('verbs: [get]', 'verbs: [list]')) }
    expect(compare(request).modified).toBe(true)
    expect(compare({ ...request, ignoreAggregatedRoles: true }).modified).toBe(false)
  })

  it('[N5] Endpoints are compared whatever their order', () => {
    const endpoints = (ips: string) =>
      `{apiVersion: v1, kind: Endpoints, metadata: {name: e}, subsets: [{addresses: [${ips}], ports: [{port: 80}]}]}`
    expect(same(endpoints('{ip: 10.0.0.1}, {ip: 10.0.0.2}'), endpoints('{ip: 10.0.0.2}, {ip: 10.0.0.1}'))).toBe(false)
  })

  it('[N6] status is not compared unless asked', () => {
    const widget = (status: string) =>
      `{apiVersion: example.com/v1, kind: Widget, metadata: {name: w}, status: {phase: ${status}}}`
    const request = { live: one(widget('Old')), target: one(widget('New')) }
    expect(compare(request).modified).toBe(false)
    expect(compare({ ...request, ignoreStatus: 'none' }).modified).toBe(true)
  })

  it('[N7] what a server fills into volume claim templates is no difference', () => {
    const set = `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: demo}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "db:1"}]}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1024Mi}}}
`
    const live = clientApplied(set)
    const spec = live.spec as { volumeClaimTemplates: object[] }
    spec.volumeClaimTemplates = [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data', creationTimestamp: null },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, volumeMode: 'Filesystem' },
        status: { phase: 'Pending' },
      },
    ]
    expect(compare({ live, target: one(set) }).differences).toEqual([])
    expect(paths(compare({ live, target: one(set.replace('1024Mi', '2Gi')) }))).toEqual([
      'spec.volumeClaimTemplates[0].spec.resources.requests.storage',
    ])
  })

  it('[N8] fields that no version of the kind knows are not compared, as the server drops them', () => {
    expect(
      compare({ live: clientApplied(web), target: one(web.replace('replicas: 2', 'replicas: 2\n  replcas: 3')) })
        .modified,
    ).toBe(false)
  })

  it('[N10] fields of custom kinds that hold core types are compared as such', () => {
    const rollout = (cpu: string) =>
      `{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: r}, spec: {template: {spec: {containers: [{name: a, resources: {limits: {cpu: ${cpu}}}}]}}}}`
    expect(same(rollout('1000m'), rollout('"1"'))).toBe(false)
    const widget = (timeout: string) =>
      `{apiVersion: example.com/v1, kind: Widget, metadata: {name: w}, spec: {rules: [{timeout: ${timeout}}]}}`
    const request = { live: one(widget('1h0m0s')), target: one(widget('60m')) }
    expect(compare(request).modified).toBe(true)
    const knownTypes = { 'example.com/Widget': [{ field: 'spec.rules.timeout', type: 'meta/v1/Duration' }] }
    expect(compare({ ...request, knownTypes }).modified).toBe(false)
  })

  it('[N9] no argument is changed', () => {
    const live = clientApplied(web)
    const target = one(web.replace('web:1', 'web:2'))
    const before = JSON.stringify([live, target])
    compare({ live, target, ignoreDifferences: [{ kind: '*', group: '*', jsonPointers: ['/spec/replicas'] }] })
    expect(JSON.stringify([live, target])).toBe(before)
  })
})

it('[L1] an object compared with itself is never modified', () => {
  for (const strategy of ['two-way', 'three-way', 'structured-merge'] as const)
    expect(compare({ live: one(web), target: one(web), strategy }).modified).toBe(false)
})
