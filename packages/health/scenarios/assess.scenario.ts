import { parseManifests } from '@driftless/kube-objects'
import { describe, expect, it } from 'vitest'
import { aggregateHealth, assess } from '../src/index.ts'

/** Health of the object that a header line and YAML of the rest make: `apps/v1 Deployment`. */
function healthOf(kind: string, yaml: string): string {
  const [apiVersion = '', name = ''] = kind.split(' ')
  const metadata = /(^|\n)metadata:/.test(yaml) ? '' : 'metadata: {name: x, generation: 2}\n'
  const [object] = parseManifests(`apiVersion: ${apiVersion}\nkind: ${name}\n${metadata}${yaml}`)
  const health = object === undefined ? undefined : assess(object)
  return health === undefined ? 'none' : health.status
}

const conditions = (...list: string[]) => `status: {conditions: [${list.map((entry) => `{${entry}}`).join(', ')}]}`
const observed = 'observedGeneration: 2'

describe('[K1] Deployment', () => {
  it.each([
    ['spec: {paused: true}', 'Suspended'],
    ['spec: {replicas: 1}', 'Progressing'],
    [`status: {${observed}, conditions: [{type: Progressing, reason: ProgressDeadlineExceeded}]}`, 'Degraded'],
    [`spec: {replicas: 2}\nstatus: {${observed}, updatedReplicas: 1}`, 'Progressing'],
    [`spec: {replicas: 1}\nstatus: {${observed}, updatedReplicas: 1, replicas: 2}`, 'Progressing'],
    [`spec: {replicas: 1}\nstatus: {${observed}, updatedReplicas: 1, replicas: 1}`, 'Progressing'],
    [`spec: {replicas: 1}\nstatus: {${observed}, updatedReplicas: 1, replicas: 1, availableReplicas: 1}`, 'Healthy'],
    [`spec: {replicas: 0}\nstatus: {${observed}}`, 'Healthy'],
  ])('%s is %s', (yaml, expected) => expect(healthOf('apps/v1 Deployment', yaml)).toBe(expected))
})

describe('[K2] StatefulSet', () => {
  const rolling = (rest: string) => `updateStrategy: {type: RollingUpdate, rollingUpdate: {${rest}}}`
  it.each([
    ['spec: {replicas: 1}', 'Progressing'],
    [`spec: {replicas: 2}\nstatus: {${observed}, readyReplicas: 1}`, 'Progressing'],
    [
      `spec: {replicas: 3, ${rolling('partition: 1')}}\nstatus: {${observed}, readyReplicas: 3, updatedReplicas: 1}`,
      'Progressing',
    ],
    [
      `spec: {replicas: 3, ${rolling('partition: 1')}}\nstatus: {${observed}, readyReplicas: 3, updatedReplicas: 2, updateRevision: a, currentRevision: b}`,
      'Healthy',
    ],
    [
      `spec: {replicas: 1, updateStrategy: {type: OnDelete}}\nstatus: {${observed}, readyReplicas: 1, updateRevision: a, currentRevision: b}`,
      'Healthy',
    ],
    [
      `spec: {replicas: 1}\nstatus: {${observed}, readyReplicas: 1, updateRevision: a, currentRevision: b}`,
      'Progressing',
    ],
    [`spec: {replicas: 1}\nstatus: {${observed}, readyReplicas: 1, updateRevision: a, currentRevision: a}`, 'Healthy'],
  ])('%s is %s', (yaml, expected) => expect(healthOf('apps/v1 StatefulSet', yaml)).toBe(expected))
})

describe('[K3] DaemonSet and ReplicaSet', () => {
  it.each([
    ['DaemonSet', 'spec: {}', 'Progressing'],
    [
      'DaemonSet',
      `spec: {updateStrategy: {type: OnDelete}}\nstatus: {${observed}, desiredNumberScheduled: 3}`,
      'Healthy',
    ],
    ['DaemonSet', `status: {${observed}, desiredNumberScheduled: 3, updatedNumberScheduled: 2}`, 'Progressing'],
    [
      'DaemonSet',
      `status: {${observed}, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 2}`,
      'Progressing',
    ],
    [
      'DaemonSet',
      `status: {${observed}, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3}`,
      'Healthy',
    ],
    ['ReplicaSet', 'spec: {}', 'Progressing'],
    [
      'ReplicaSet',
      `status: {${observed}, conditions: [{type: ReplicaFailure, status: "True", message: quota}]}`,
      'Degraded',
    ],
    ['ReplicaSet', `spec: {replicas: 2}\nstatus: {${observed}, availableReplicas: 1}`, 'Progressing'],
    ['ReplicaSet', `spec: {replicas: 0}\nstatus: {${observed}}`, 'Healthy'],
  ])('%s %s is %s', (kind, yaml, expected) => expect(healthOf(`apps/v1 ${kind}`, yaml)).toBe(expected))
})

describe('[K4] Pod', () => {
  const waiting = (reason: string) => `{name: c, state: {waiting: {reason: ${reason}, message: m}}}`
  it.each([
    [
      `spec: {restartPolicy: Always}\nstatus: {phase: Pending, containerStatuses: [${waiting('ErrImagePull')}]}`,
      'Degraded',
    ],
    [
      `spec: {restartPolicy: Always}\nstatus: {phase: Running, containerStatuses: [${waiting('CrashLoopBackOff')}]}`,
      'Degraded',
    ],
    [
      `spec: {restartPolicy: Always}\nstatus: {phase: Pending, containerStatuses: [${waiting('CreateContainerConfigError')}]}`,
      'Degraded',
    ],
    [
      `spec: {restartPolicy: Always}\nstatus: {phase: Pending, containerStatuses: [${waiting('ContainerCreating')}]}`,
      'Progressing',
    ],
    [
      `spec: {restartPolicy: Never}\nstatus: {phase: Pending, containerStatuses: [${waiting('ErrImagePull')}]}`,
      'Progressing',
    ],
    ['status: {phase: Succeeded}', 'Healthy'],
    ['status: {phase: Failed}', 'Degraded'],
    ['spec: {restartPolicy: Always}\nstatus: {phase: Running, conditions: [{type: Ready, status: "True"}]}', 'Healthy'],
    [
      'spec: {restartPolicy: Always}\nstatus: {phase: Running, containerStatuses: [{lastState: {terminated: {exitCode: 1}}}]}',
      'Degraded',
    ],
    ['spec: {restartPolicy: Always}\nstatus: {phase: Running}', 'Progressing'],
    [
      'spec: {restartPolicy: OnFailure}\nstatus: {phase: Running, conditions: [{type: Ready, status: "True"}]}',
      'Progressing',
    ],
    [
      'metadata: {name: x, annotations: {argocd.argoproj.io/ignore-restart-policy: "true"}}\nspec: {restartPolicy: Never}\nstatus: {phase: Running, conditions: [{type: Ready, status: "True"}]}',
      'Healthy',
    ],
    [
      'metadata: {name: x, annotations: {argocd.argoproj.io/ignore-restart-policy: "true", argocd.argoproj.io/hook: Sync}}\nspec: {restartPolicy: Never}\nstatus: {phase: Running, conditions: [{type: Ready, status: "True"}]}',
      'Progressing',
    ],
    ['spec: {}', 'Unknown'],
  ])('%s is %s', (yaml, expected) => expect(healthOf('v1 Pod', yaml)).toBe(expected))

  it.each([
    ['status: {phase: Failed, message: evicted}', 'evicted'],
    [
      'status: {phase: Failed, containerStatuses: [{name: c, state: {terminated: {exitCode: 3}}}]}',
      'container "c" failed with exit code 3',
    ],
    [
      'status: {phase: Failed, initContainerStatuses: [{name: i, state: {terminated: {reason: OOMKilled, exitCode: 137}}}]}',
      'OOMKilled',
    ],
  ])('%s says %s', (yaml, message) => {
    const [pod] = parseManifests(`apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n${yaml}`)
    expect(pod && assess(pod)?.message).toBe(message)
  })
})

describe('[K5] Job and CronJob', () => {
  it.each([
    ['Job', 'status: {active: 1}', 'Progressing'],
    ['Job', conditions('type: Complete, status: "True"'), 'Healthy'],
    ['Job', conditions('type: Failed, status: "False", message: m'), 'Degraded'],
    ['Job', conditions('type: Suspended, status: "True"'), 'Suspended'],
    ['Job', conditions('type: Suspended, status: "False"'), 'Healthy'],
    ['CronJob', 'spec: {suspend: true}', 'Healthy'],
    ['CronJob', 'spec: {}', 'Progressing'],
    ['CronJob', 'status: {}', 'Healthy'],
    ['CronJob', 'status: {lastScheduleTime: "2026-01-02T00:00:00Z"}', 'Healthy'],
    [
      'CronJob',
      'status: {lastScheduleTime: "2026-01-02T00:00:00Z", lastSuccessfulTime: "2026-01-01T00:00:09Z"}',
      'Degraded',
    ],
    [
      'CronJob',
      'status: {active: [{name: j}], lastScheduleTime: "2026-01-02T00:00:00Z", lastSuccessfulTime: "2026-01-01T00:00:09Z"}',
      'Healthy',
    ],
    [
      'CronJob',
      'status: {lastScheduleTime: "2026-01-02T00:00:00Z", lastSuccessfulTime: "2026-01-02T00:00:09Z"}',
      'Healthy',
    ],
  ])('%s %s is %s', (kind, yaml, expected) => expect(healthOf(`batch/v1 ${kind}`, yaml)).toBe(expected))
})

describe('[K6] networking, storage, scaling and API kinds', () => {
  it.each([
    ['v1 Service', 'spec: {type: ClusterIP}', 'Healthy'],
    ['v1 Service', 'spec: {type: LoadBalancer}', 'Progressing'],
    ['v1 Service', 'spec: {type: LoadBalancer}\nstatus: {loadBalancer: {ingress: [{ip: 1.2.3.4}]}}', 'Healthy'],
    ['networking.k8s.io/v1 Ingress', 'spec: {}', 'Progressing'],
    ['networking.k8s.io/v1 Ingress', 'status: {loadBalancer: {ingress: [{ip: 1.2.3.4}]}}', 'Healthy'],
    ['v1 PersistentVolumeClaim', 'status: {phase: Bound}', 'Healthy'],
    ['v1 PersistentVolumeClaim', 'status: {phase: Pending}', 'Progressing'],
    ['v1 PersistentVolumeClaim', 'status: {phase: Lost}', 'Degraded'],
    ['v1 PersistentVolumeClaim', 'status: {phase: toString}', 'Unknown'],
    ['autoscaling/v2 HorizontalPodAutoscaler', 'status: {}', 'Progressing'],
    [
      'autoscaling/v2 HorizontalPodAutoscaler',
      conditions(
        'type: AbleToScale, status: "True"',
        'type: ScalingActive, status: "False", reason: FailedGetResourceMetric',
      ),
      'Degraded',
    ],
    ['autoscaling/v2 HorizontalPodAutoscaler', conditions('type: ScalingLimited, status: "True"'), 'Healthy'],
    ['autoscaling/v2beta2 HorizontalPodAutoscaler', 'spec: {}', 'Unknown'],
    [
      'autoscaling/v1 HorizontalPodAutoscaler',
      `metadata: {name: x, annotations: {autoscaling.alpha.kubernetes.io/conditions: '[{"type":"AbleToScale","status":"True"}]'}}`,
      'Healthy',
    ],
    ['apiregistration.k8s.io/v1 APIService', 'status: {}', 'Progressing'],
    ['apiregistration.k8s.io/v1 APIService', conditions('type: Available, status: "True"'), 'Healthy'],
    ['apiregistration.k8s.io/v1 APIService', conditions('type: Available, status: "False"'), 'Progressing'],
    ['apiextensions.k8s.io/v1 CustomResourceDefinition', 'spec: {}', 'Progressing'],
    [
      'apiextensions.k8s.io/v1 CustomResourceDefinition',
      conditions('type: NamesAccepted, status: "True"', 'type: Established, status: "True"'),
      'Healthy',
    ],
    [
      'apiextensions.k8s.io/v1 CustomResourceDefinition',
      conditions('type: NamesAccepted, status: "False"', 'type: Established, status: "True"'),
      'Degraded',
    ],
    [
      'apiextensions.k8s.io/v1 CustomResourceDefinition',
      conditions('type: Established, status: "False", reason: Installing'),
      'Progressing',
    ],
    [
      'policy/v1 PodDisruptionBudget',
      conditions('type: DisruptionAllowed, status: "False", reason: InsufficientPods'),
      'Healthy',
    ],
    [
      'policy/v1 PodDisruptionBudget',
      conditions('type: DisruptionAllowed, status: "False", reason: SyncFailed'),
      'Degraded',
    ],
  ])('%s %s is %s', (kind, yaml, expected) => expect(healthOf(kind, yaml)).toBe(expected))
})

describe('[K7] Argo kinds', () => {
  it.each([
    ['Rollout', 'status: {observedGeneration: "1", phase: Healthy}', 'Progressing'],
    ['Rollout', 'status: {observedGeneration: "2", phase: Paused, message: CanaryPauseStep}', 'Suspended'],
    ['Rollout', 'status: {observedGeneration: "2", phase: Degraded}', 'Degraded'],
    [
      'Rollout',
      'spec: {replicas: 1}\nstatus: {observedGeneration: "2", updatedReplicas: 1, replicas: 1, availableReplicas: 1, currentPodHash: a, stableRS: b}',
      'Progressing',
    ],
    [
      'Rollout',
      'spec: {replicas: 1}\nstatus: {observedGeneration: "2", updatedReplicas: 1, replicas: 1, availableReplicas: 1, currentPodHash: a, stableRS: a}',
      'Healthy',
    ],
    ['Workflow', 'status: {phase: Running}', 'Progressing'],
    ['Workflow', 'status: {phase: Error}', 'Degraded'],
    ['AnalysisRun', 'status: {phase: Inconclusive}', 'Unknown'],
    ['AnalysisRun', 'spec: {}', 'Progressing'],
    ['Experiment', 'status: {phase: Successful}', 'Healthy'],
    ['CronWorkflow', conditions('type: SpecError, status: "True"'), 'Degraded'],
    [
      'ApplicationSet',
      conditions('type: ErrorOccurred, status: "False"', 'type: ResourcesUpToDate, status: "True"'),
      'Healthy',
    ],
    [
      'ApplicationSet',
      conditions('type: RolloutProgressing, status: "True"', 'type: ResourcesUpToDate, status: "True"'),
      'Progressing',
    ],
    ['EventBus', conditions('type: Deployed, status: "False"'), 'Degraded'],
    ['Application', 'status: {health: {status: Degraded}}', 'none'],
  ])('%s %s is %s', (kind, yaml, expected) => expect(healthOf(`argoproj.io/v1alpha1 ${kind}`, yaml)).toBe(expected))
})

describe('[K8] custom kinds', () => {
  const ready = (status: string) => conditions(`type: Ready, status: "${status}"`)
  it.each([
    ['cert-manager.io/v1 Issuer', ready('True'), 'Healthy'],
    ['cert-manager.io/v1 Issuer', ready('False'), 'Degraded'],
    ['cert-manager.io/v1 Issuer', 'spec: {}', 'Progressing'],
    [
      'cert-manager.io/v1 Certificate',
      conditions('type: Ready, status: "False"', 'type: Issuing, status: "True"'),
      'Progressing',
    ],
    ['external-secrets.io/v1 ExternalSecret', ready('False'), 'Degraded'],
    ['bitnami.com/v1alpha1 SealedSecret', conditions('type: Synced, status: "True"'), 'Healthy'],
    [
      'gateway.networking.k8s.io/v1 Gateway',
      conditions('type: Accepted, status: "True"', 'type: Programmed, status: "Unknown"'),
      'Progressing',
    ],
    ['gateway.networking.k8s.io/v1 Gateway', conditions('type: Accepted, status: "False"'), 'Degraded'],
    ['gateway.networking.k8s.io/v1 Gateway', conditions('type: Programmed, status: "True"'), 'Healthy'],
    [
      'gateway.networking.k8s.io/v1 HTTPRoute',
      'status: {parents: [{conditions: [{type: Accepted, status: "True", observedGeneration: 2}]}]}',
      'Healthy',
    ],
    [
      'gateway.networking.k8s.io/v1 HTTPRoute',
      'status: {parents: [{conditions: [{type: Accepted, status: "False", observedGeneration: 1}]}]}',
      'Progressing',
    ],
    [
      'gateway.networking.k8s.io/v1 HTTPRoute',
      'status: {parents: [{conditions: [{type: ResolvedRefs, status: "False", observedGeneration: 2}]}]}',
      'Degraded',
    ],
    [
      'keda.sh/v1alpha1 ScaledObject',
      conditions('type: Ready, status: "True"', 'type: Paused, status: "True"'),
      'Suspended',
    ],
    [
      'keda.sh/v1alpha1 ScaledObject',
      conditions('type: Ready, status: "True"', 'type: Fallback, status: "True"'),
      'Degraded',
    ],
    ['keda.sh/v1alpha1 ScaledJob', ready('Unknown'), 'Degraded'],
    [
      'serving.knative.dev/v1 Service',
      conditions(
        'type: Ready, status: "True"',
        'type: RoutesReady, status: "True"',
        'type: ConfigurationsReady, status: "True"',
      ),
      'Healthy',
    ],
    ['serving.knative.dev/v1 Service', ready('True'), 'Progressing'],
    ['kafka.strimzi.io/v1beta2 Kafka', conditions('type: NotReady, status: "True", reason: Creating'), 'Progressing'],
    ['kafka.strimzi.io/v1beta2 Kafka', conditions('type: NotReady, status: "True", reason: Broken'), 'Degraded'],
    ['helm.toolkit.fluxcd.io/v2 HelmRelease', ready('True'), 'Degraded'],
    [
      'helm.toolkit.fluxcd.io/v2 HelmRelease',
      conditions('type: Ready, status: "True"', 'type: Released, status: "True"'),
      'Healthy',
    ],
    [
      'kustomize.toolkit.fluxcd.io/v1 Kustomization',
      conditions('type: Ready, status: "Unknown"', 'type: Reconciling, status: "True"'),
      'Progressing',
    ],
    ['source.toolkit.fluxcd.io/v1 GitRepository', 'spec: {suspend: true}', 'Suspended'],
    ['cluster.x-k8s.io/v1beta1 Cluster', 'status: {phase: Provisioned}', 'Healthy'],
    [
      'monitoring.coreos.com/v1 Prometheus',
      conditions('type: Available, status: "False", reason: SomePodsNotReady'),
      'Progressing',
    ],
    ['karpenter.sh/v1 NodeClaim', 'status: {observedGeneration: 1}', 'Progressing'],
    ['postgresql.cnpg.io/v1 Cluster', 'status: {phase: Cluster in healthy state}', 'Healthy'],
    ['postgresql.cnpg.io/v1 Cluster', 'status: {phase: Something else}', 'Unknown'],
    ['kubevirt.io/v1 VirtualMachine', 'status: {created: true}', 'Progressing'],
    ['route.openshift.io/v1 Route', 'status: {ingress: [{conditions: [{type: Admitted, status: "True"}]}]}', 'Healthy'],
    ['s3.aws.crossplane.io/v1 Bucket', 'spec: {}', 'Healthy'],
    ['s3.aws.crossplane.io/v1 Bucket', conditions('type: Synced, status: "False"'), 'Degraded'],
    ['s3.aws.crossplane.io/v1 Bucket', ready('False'), 'Progressing'],
    ['s3.services.k8s.aws/v1 Bucket', ready('False'), 'Progressing'],
    ['s3.services.k8s.aws/v1 Bucket', conditions('type: ACK.Terminal, status: "True"'), 'Degraded'],
    [
      'sql.cnrm.cloud.google.com/v1 SQLInstance',
      conditions('type: Ready, status: "False", reason: DependencyNotReady'),
      'Suspended',
    ],
    ['v1 ConfigMap', 'data: {}', 'none'],
    ['example.com/v1 Widget', ready('False'), 'none'],
  ])('%s %s is %s', (kind, yaml, expected) => expect(healthOf(kind, yaml)).toBe(expected))
})

describe('[D1] deletion', () => {
  it('an object that is going is progressing, unless the hook finalizer holds it', () => {
    expect(healthOf('v1 ConfigMap', 'metadata: {name: x, deletionTimestamp: "2026-01-01T00:00:00Z"}')).toBe(
      'Progressing',
    )
    expect(
      healthOf(
        'v1 ConfigMap',
        'metadata: {name: x, deletionTimestamp: "2026-01-01T00:00:00Z", finalizers: [argocd.argoproj.io/hook-finalizer]}',
      ),
    ).toBe('none')
  })
})

describe('hostile objects', () => {
  it('[X1] fields of wrong types are read as absent', () => {
    for (const kind of [
      'apps/v1 Deployment',
      'v1 Pod',
      'batch/v1 Job',
      'argoproj.io/v1alpha1 Rollout',
      'apps/v1 StatefulSet',
    ])
      for (const yaml of [
        'spec: text\nstatus: [1]',
        'spec: null\nstatus: {conditions: {a: b}, containerStatuses: 3, phase: [x]}',
      ])
        expect(() => healthOf(kind, yaml)).not.toThrow()
  })
})

describe('aggregation', () => {
  const resource = (name: string, status: Parameters<typeof aggregateHealth>[0][number]['health'], more = {}) => ({
    key: { group: 'apps', kind: 'Deployment', namespace: 'demo', name },
    live: true,
    health: status,
    ...more,
  })

  it('[A1] an application without resources is healthy', () => {
    expect(aggregateHealth([])).toEqual({ status: 'Healthy', message: '' })
  })

  it('[A2] the worst resource decides and is named, three at most', () => {
    const degraded = ['a', 'b', 'c', 'd', 'e'].map((name) => resource(name, { status: 'Degraded' }))
    expect(aggregateHealth([resource('p', { status: 'Progressing' }), ...degraded])).toEqual({
      status: 'Degraded',
      message: 'Caused by apps/Deployment:demo/a, apps/Deployment:demo/b, apps/Deployment:demo/c and 2 more',
    })
  })

  it('[A3] hooks, ignored resources and kinds without health do not count', () => {
    const bad = { status: 'Degraded' as const }
    const list = [resource('h', bad, { hook: true }), resource('i', bad, { ignored: true }), resource('n', undefined)]
    expect(aggregateHealth(list).status).toBe('Healthy')
  })

  it('[A4] one missing resource does not worsen an application, all missing make it Missing', () => {
    const missing = resource('m', { status: 'Missing' }, { live: false })
    expect(aggregateHealth([missing, resource('a', { status: 'Healthy' })]).status).toBe('Healthy')
    expect(aggregateHealth([missing]).status).toBe('Missing')
  })
})
