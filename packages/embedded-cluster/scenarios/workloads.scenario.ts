import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCluster, type TestCluster } from './support/cluster.ts'
import { apply, eventually, hasKubectl, kubectl, kubectlNote } from './support/kubectl.ts'

describe.skipIf(!hasKubectl)(`stateful sets, daemons, jobs and networks${kubectlNote}`, () => {
  let test: TestCluster
  beforeAll(async () => {
    test = await startTestCluster()
  })
  afterAll(() => test[Symbol.asyncDispose]())
  const field = (object: string, path: string) => kubectl(test.cluster, 'get', object, '-o', `jsonpath=${path}`)

  it('[W1] a StatefulSet makes its pods in order, each with a bound claim, and keeps the claims when it goes', async () => {
    await apply(
      test.cluster,
      `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 3
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: pg, image: 'postgres:16', volumeMounts: [{name: data, mountPath: /data}]}]}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`,
    )
    await kubectl(test.cluster, 'rollout', 'status', 'sts/db', '--timeout=30s')
    const started = await kubectl(
      test.cluster,
      'get',
      'pods',
      '-l',
      'app=db',
      '--sort-by=.metadata.creationTimestamp',
      '-o',
      'name',
    )
    expect(started.split('\n')).toEqual(['pod/db-0', 'pod/db-1', 'pod/db-2'])
    expect(await kubectl(test.cluster, 'get', 'pvc', '--no-headers')).toMatch(
      /data-db-0\s+Bound.*\n.*data-db-1\s+Bound.*\n.*data-db-2\s+Bound/,
    )
    await kubectl(test.cluster, 'delete', 'sts', 'db')
    await eventually(
      () => kubectl(test.cluster, 'get', 'pods', '-l', 'app=db', '-o', 'name'),
      (names) => names === '',
    )
    expect((await kubectl(test.cluster, 'get', 'pvc', '-o', 'name')).split('\n')).toHaveLength(3)
  })

  it('[W2] a StatefulSet update replaces its pods from the last to the first, and undo brings the old template back', async () => {
    await apply(test.cluster, statefulSet('app:1'))
    await kubectl(test.cluster, 'rollout', 'status', 'sts/ordered', '--timeout=30s')
    const deleted: string[] = []
    const unwatch = test.cluster.api.watch((event) => {
      if (event.type === 'DELETED' && event.object.kind === 'Pod') deleted.push(event.object.metadata.name ?? '')
    })
    await apply(test.cluster, statefulSet('app:2'))
    await kubectl(test.cluster, 'rollout', 'status', 'sts/ordered', '--timeout=30s')
    unwatch()
    expect(deleted).toEqual(['ordered-1', 'ordered-0'])
    await kubectl(test.cluster, 'rollout', 'undo', 'sts/ordered')
    await eventually(
      () => field('pod/ordered-0', '{.spec.containers[0].image}').catch(() => ''),
      (image) => image === 'app:1',
    )
  })

  it('[W3] a DaemonSet has one pod on each node and replaces them on a new template', async () => {
    const daemon = (image: string) => `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template: {metadata: {labels: {app: agent}}, spec: {containers: [{name: a, image: '${image}'}]}}
`
    await apply(test.cluster, daemon('agent:1'))
    await kubectl(test.cluster, 'rollout', 'status', 'ds/agent', '--timeout=30s')
    const nodes = await kubectl(
      test.cluster,
      'get',
      'pods',
      '-l',
      'app=agent',
      '-o',
      'jsonpath={.items[*].spec.nodeName}',
    )
    expect(nodes.split(' ').sort()).toEqual(['node-1', 'node-2', 'node-3'])
    await apply(test.cluster, daemon('agent:2'))
    await kubectl(test.cluster, 'rollout', 'status', 'ds/agent', '--timeout=30s')
    expect(await field('ds/agent', '{.status.numberReady} {.status.updatedNumberScheduled}')).toBe('3 3')
  })

  it('[W4] a Job completes after its completions and fails beyond its backoff limit', async () => {
    const job = (name: string, spec: string, command: string) => `
apiVersion: batch/v1
kind: Job
metadata: {name: ${name}}
spec: {${spec}, template: {spec: {restartPolicy: Never, containers: [{name: j, image: busybox, command: [sh, -c, '${command}']}]}}}
`
    await apply(test.cluster, job('fine', 'completions: 3, parallelism: 2', 'echo done'))
    await apply(test.cluster, job('wrong', 'backoffLimit: 0', 'exit 3'))
    await kubectl(test.cluster, 'wait', '--for=condition=Complete', 'job/fine', '--timeout=20s')
    await kubectl(test.cluster, 'wait', '--for=condition=Failed', 'job/wrong', '--timeout=20s')
    expect(await field('job/fine', '{.status.succeeded}')).toBe('3')
    expect(await field('job/wrong', '{.status.conditions[?(@.type=="Failed")].reason}')).toBe('BackoffLimitExceeded')
  })

  it('[W5] a Service gets an address, endpoints of ready pods, and a load balancer its address', async () => {
    await kubectl(test.cluster, 'create', 'deployment', 'web', '--image=nginx', '--replicas=2')
    await kubectl(test.cluster, 'expose', 'deployment', 'web', '--port=80', '--type=LoadBalancer')
    await kubectl(test.cluster, 'rollout', 'status', 'deployment/web', '--timeout=20s')
    const addresses = () =>
      kubectl(
        test.cluster,
        'get',
        'endpointslices',
        '-l',
        'kubernetes.io/service-name=web',
        '-o',
        'jsonpath={.items[*].endpoints[*].conditions.ready}',
      )
    await eventually(addresses, (ready) => ready === 'true true')
    expect(await field('svc/web', '{.spec.clusterIP} {.status.loadBalancer.ingress[0].ip}')).toMatch(
      /^10\.(9[6-9]|10\d|11[01])\.\d+\.\d+ 203\.0\.113\.\d+$/,
    )
    const endpoints = await field('endpoints/web', '{.subsets[0].addresses[*].ip}')
    expect(endpoints.split(' ')).toHaveLength(2)
  })

  it('[W6] an autoscaler brings its target to the minimum and reports that it works', async () => {
    await kubectl(test.cluster, 'autoscale', 'deployment', 'web', '--min=3', '--max=5', '--cpu-percent=80')
    await eventually(
      () => field('deployment/web', '{.spec.replicas}'),
      (replicas) => replicas === '3',
    )
    await eventually(
      () => field('hpa/web', '{.status.conditions[?(@.type=="ScalingActive")].status}'),
      (status) => status === 'True',
    )
  })

  it('[W7] every namespace has its default ServiceAccount and the authority of the cluster, and deleting it empties it', async () => {
    await kubectl(test.cluster, 'create', 'namespace', 'short')
    await eventually(
      () => kubectl(test.cluster, '-n', 'short', 'get', 'sa,cm', '-o', 'name'),
      (names) => names === 'serviceaccount/default\nconfigmap/kube-root-ca.crt',
    )
    await kubectl(test.cluster, '-n', 'short', 'create', 'deployment', 'x', '--image=nginx')
    await kubectl(test.cluster, 'delete', 'namespace', 'short', '--timeout=20s')
    await expect(kubectl(test.cluster, 'get', 'namespace', 'short')).rejects.toThrow('not found')
  })

  it('[W8] a CronJob starts its Job when the time comes', async () => {
    await apply(
      test.cluster,
      `
apiVersion: batch/v1
kind: CronJob
metadata: {name: tick}
spec:
  schedule: '* * * * *'
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: j, image: busybox}]}}}}
`,
    )
    await kubectl(test.cluster, 'create', 'job', 'by-hand', '--from=cronjob/tick')
    await kubectl(test.cluster, 'wait', '--for=condition=Complete', 'job/by-hand', '--timeout=20s')
    expect(await kubectl(test.cluster, 'get', 'cronjob', 'tick', '--no-headers')).toMatch(
      /^tick\s+\* \* \* \* \*\s+<none>\s+false\s+0/,
    )
  })

  it('[W9] nothing failed inside the controllers', () => {
    expect(test.failures).toEqual([])
  })
})

function statefulSet(image: string): string {
  return `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: ordered}
spec:
  replicas: 2
  selector: {matchLabels: {app: ordered}}
  template: {metadata: {labels: {app: ordered}}, spec: {containers: [{name: a, image: '${image}'}]}}
`
}
