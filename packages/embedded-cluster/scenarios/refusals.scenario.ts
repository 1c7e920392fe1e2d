import { parseManifests } from '@driftless/kube-objects'
import { KubeStatusError } from '@driftless/kube-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCluster, type TestCluster } from './support/cluster.ts'

const pod = (spec: string) => `{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: default}, spec: ${spec}}`
const container = (rest: string) => pod(`{containers: [{name: c, image: img, ${rest}}]}`)
const service = (spec: string) =>
  `{apiVersion: v1, kind: Service, metadata: {name: s, namespace: default}, spec: ${spec}}`

/** [what is wrong, manifest, the message after «is invalid: »] */
const creations: [string, string, string][] = [
  ['no containers', pod('{containers: []}'), 'spec.containers: Required value'],
  [
    'an unknown volume',
    container('volumeMounts: [{name: nope, mountPath: /x}]'),
    'spec.containers[0].volumeMounts[0].name: Not found: "nope"',
  ],
  [
    'a port out of range',
    container('ports: [{containerPort: 99999}]'),
    'spec.containers[0].ports[0].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive',
  ],
  [
    'an unknown pull policy',
    container('imagePullPolicy: Maybe'),
    'spec.containers[0].imagePullPolicy: Unsupported value: "Maybe": supported values: "Always", "IfNotPresent", "Never"',
  ],
  [
    'a probe without handler',
    container('livenessProbe: {}'),
    'spec.containers[0].livenessProbe: Required value: must specify a handler type',
  ],
  [
    'two containers of one name',
    pod('{containers: [{name: c, image: img}, {name: c, image: img}]}'),
    'spec.containers[1].name: Duplicate value: "c"',
  ],
  [
    'an unknown restart policy',
    pod('{restartPolicy: Sometimes, containers: [{name: c, image: img}]}'),
    'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"',
  ],
  ['a Service without ports', service('{selector: {a: b}}'), 'spec.ports: Required value'],
  [
    'a node port out of range',
    service('{type: NodePort, ports: [{port: 80, nodePort: 80}]}'),
    'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
  ],
  [
    'a cluster IP that is taken',
    service('{clusterIP: 10.96.0.1, ports: [{port: 80}]}'),
    'spec.clusterIPs: Invalid value: ["10.96.0.1"]: failed to allocate IP 10.96.0.1: provided IP is already allocated',
  ],
  [
    'a Deployment without selector',
    '{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: default}, spec: {template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: img}]}}}}',
    '[spec.selector: Required value, spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`]',
  ],
  [
    'a claim without size',
    '{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: c, namespace: default}, spec: {accessModes: [ReadWriteOnce]}}',
    'spec.resources[storage]: Required value',
  ],
  [
    'a schedule that is none',
    '{apiVersion: batch/v1, kind: CronJob, metadata: {name: c, namespace: default}, spec: {schedule: nope, jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: img}]}}}}}}',
    'spec.schedule: Invalid value: "nope": expected exactly 5 fields, found 1: [nope]',
  ],
  [
    'a Job that restarts for ever',
    '{apiVersion: batch/v1, kind: Job, metadata: {name: j, namespace: default}, spec: {template: {spec: {containers: [{name: c, image: img}]}}}}',
    'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
  ],
  [
    'a TLS Secret without certificate',
    '{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: default}, type: kubernetes.io/tls}',
    '[data[tls.crt]: Required value, data[tls.key]: Required value]',
  ],
  [
    'a rule without verbs',
    '{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: r, namespace: default}, rules: [{apiGroups: [""], resources: [pods], verbs: []}]}',
    'rules[0].verbs: Required value: verbs must contain at least one value',
  ],
]

/** [what is changed, manifest, merge patch, the message after «is invalid: »] */
const updates: [string, string, unknown, string][] = [
  [
    'the cluster IP',
    service('{clusterIP: 10.96.200.200, ports: [{port: 80}]}'),
    { spec: { clusterIP: '10.96.200.201', clusterIPs: null } },
    'spec.clusterIPs[0]: Invalid value: ["10.96.200.201"]: may not change once set',
  ],
  [
    'the service name of a StatefulSet',
    '{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: s, namespace: default}, spec: {serviceName: a, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: img}]}}}}',
    { spec: { serviceName: 'b' } },
    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
  ],
  [
    'an immutable ConfigMap',
    '{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: default}, immutable: true, data: {a: b}}',
    { data: { a: 'c' } },
    'data: Forbidden: field is immutable when `immutable` is set',
  ],
  [
    'the type of a Secret',
    '{apiVersion: v1, kind: Secret, metadata: {name: t, namespace: default}}',
    { type: 'x/y' },
    'type: Invalid value: "x/y": field is immutable',
  ],
  [
    'the role of a binding',
    '{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: b, namespace: default}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}}',
    { roleRef: { name: 'z' } },
    'roleRef: Invalid value: {"APIGroup":"rbac.authorization.k8s.io","Kind":"Role","Name":"z"}: cannot change roleRef',
  ],
  [
    'the completions of a Job',
    '{apiVersion: batch/v1, kind: Job, metadata: {name: j, namespace: default}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: img}]}}}}',
    { spec: { completions: 5 } },
    'spec.completions: Invalid value: 5: field is immutable',
  ],
  [
    'the provisioner of a class',
    '{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: x}, provisioner: a.b/c}',
    { provisioner: 'd.e/f' },
    'provisioner: Forbidden: updates to provisioner are forbidden.',
  ],
  [
    'the value of a priority',
    '{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: x}, value: 5}',
    { value: 6 },
    'value: Forbidden: may not be changed in an update.',
  ],
]

describe('[R2] what the rules of a kind refuse, in the words of the API server', () => {
  let test: TestCluster
  beforeAll(async () => {
    test = await startTestCluster({ controllers: false })
  })
  afterAll(() => test[Symbol.asyncDispose]())

  const refusal = (attempt: () => unknown) => {
    try {
      attempt()
    } catch (error) {
      if (error instanceof KubeStatusError)
        return { code: error.status.code, text: error.message.replace(/^.*? is invalid: /, '') }
      throw error
    }
    return { code: 200, text: '' }
  }

  it.each(creations)('creating %s', (_what, manifest, text) => {
    const [object] = parseManifests(manifest)
    expect(refusal(() => object && test.cluster.api.create(object))).toEqual({ code: 422, text })
  })

  it.each(updates)('changing %s', (_what, manifest, body, text) => {
    const [object] = parseManifests(manifest)
    if (object === undefined) throw new Error('the manifest is empty')
    test.cluster.api.create(object)
    const { apiVersion, kind, metadata } = object
    const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
    const ref = {
      group,
      kind,
      name: metadata.name ?? '',
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
    }
    expect(refusal(() => test.cluster.api.patch(ref, { type: 'merge', body }))).toEqual({ code: 422, text })
  })

  it('[R3] what the server chooses belongs to no manager', () => {
    const [object] = parseManifests(
      service('{type: LoadBalancer, ports: [{port: 80}]}').replace('name: s', 'name: owned'),
    )
    const created = object && test.cluster.api.create(object, { manager: 'somebody' })
    expect(created?.spec).toMatchObject({
      clusterIP: expect.stringMatching(/^10\.(9[6-9]|10\d|11[01])\./),
      ports: [{ nodePort: expect.any(Number) }],
    })
    const fields = JSON.stringify(created?.metadata.managedFields)
    expect(fields).toContain('f:port')
    expect(fields).not.toMatch(/clusterIP|nodePort/)
  })

  it('[R6] an autoscaler is the same in both of its versions', () => {
    const [object] = parseManifests(
      '{apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, metadata: {name: h, namespace: default}, spec: {maxReplicas: 3, targetCPUUtilizationPercentage: 50, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}}}',
    )
    if (object !== undefined) test.cluster.api.create(object)
    const ref = { group: 'autoscaling', kind: 'HorizontalPodAutoscaler', namespace: 'default', name: 'h' }
    expect(test.cluster.api.get({ ...ref, version: 'v2' })?.spec).toMatchObject({
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
      ],
    })
    expect(test.cluster.api.get({ ...ref, version: 'v1' })?.spec).toMatchObject({ targetCPUUtilizationPercentage: 50 })
  })

  it('[R5] a bare API has no nodes and no storage class', () => {
    expect(test.cluster.api.list({ group: '', kind: 'Node' })).toEqual([])
    expect(
      test.cluster.api.list({ group: 'storage.k8s.io', kind: 'StorageClass' }).map((item) => item.metadata.name),
    ).toEqual(['x'])
  })
})
