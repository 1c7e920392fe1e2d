import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCluster, type TestCluster } from './support/cluster.ts'
import { apply, eventually, hasKubectl, kubectl, kubectlFor, kubectlNote } from './support/kubectl.ts'

describe.skipIf(!hasKubectl)(`pods as kubectl sees them${kubectlNote}`, () => {
  let test: TestCluster
  beforeAll(async () => {
    test = await startTestCluster()
  })
  afterAll(() => test[Symbol.asyncDispose]())

  const row = async (pod: string) => (await kubectl(test.cluster, 'get', 'pod', pod, '--no-headers')).split(/\s{2,}/)
  const untilStatus = (pod: string, status: string) =>
    eventually(
      () => row(pod),
      (cells) => cells[2] === status,
    )

  it('[K1] a pod is Pending, gets a node and an address, runs and becomes ready', async () => {
    const phases: string[] = []
    const unwatch = test.cluster.api.watch((event) => {
      if (event.object.metadata.name === 'plain' && event.object.kind === 'Pod')
        phases.push((event.object.status as { phase: string }).phase)
    })
    await kubectl(test.cluster, 'run', 'plain', '--image=nginx')
    await kubectl(test.cluster, 'wait', '--for=condition=Ready', 'pod/plain', '--timeout=10s')
    unwatch()
    expect([...new Set(phases)]).toEqual(['Pending', 'Running'])
    expect(
      await kubectl(test.cluster, 'get', 'pod', 'plain', '-o', 'jsonpath={.spec.nodeName} {.status.podIP}'),
    ).toMatch(/^node-\d 10\.24\d\.\d+\.\d+$/)
  })

  it('[K2] an image tag with does-not-exist ends in ImagePullBackOff, with events that say so', async () => {
    await kubectl(test.cluster, 'run', 'absent', '--image=nginx:does-not-exist')
    await untilStatus('absent', 'ImagePullBackOff')
    const events = await kubectl(
      test.cluster,
      'get',
      'events',
      '--field-selector',
      'involvedObject.name=absent',
      '--no-headers',
    )
    for (const said of ['Pulling image "nginx:does-not-exist"', 'Error: ErrImagePull', 'Back-off pulling image'])
      expect(events).toContain(said)
  })

  it('[K3] an image tag crash ends in CrashLoopBackOff, with growing restarts and the log of the last life', async () => {
    await kubectl(test.cluster, 'run', 'broken', '--image=app:crash')
    const cells = await untilStatus('broken', 'CrashLoopBackOff')
    expect(cells[1]).toBe('0/1')
    expect(cells[3]).toMatch(/^1 \(\d+s ago\)$/)
    expect(await kubectl(test.cluster, 'logs', 'broken', '--previous')).toContain('level=fatal msg="exiting" code=1')
    expect(await kubectl(test.cluster, 'get', 'events', '--field-selector', 'involvedObject.name=broken')).toContain(
      'Back-off restarting failed container',
    )
  })

  it('[K4] init containers run one after the other before the containers', async () => {
    await apply(
      test.cluster,
      `
apiVersion: v1
kind: Pod
metadata: {name: staged}
spec:
  initContainers: [{name: one, image: busybox}, {name: two, image: busybox}]
  containers: [{name: main, image: nginx}]
`,
    )
    await kubectl(test.cluster, 'wait', '--for=condition=Ready', 'pod/staged', '--timeout=10s')
    const pod = test.cluster.api.get({ group: '', kind: 'Pod', namespace: 'default', name: 'staged' })
    const { initContainerStatuses } = (pod?.status ?? { initContainerStatuses: [] }) as {
      initContainerStatuses: { state: { terminated?: { reason: string } } }[]
    }
    expect(initContainerStatuses.map((status) => status.state.terminated?.reason)).toEqual(['Completed', 'Completed'])
  })

  it('[K5] a pod waits for a Secret that its environment names and starts when it is there', async () => {
    await apply(
      test.cluster,
      `
apiVersion: v1
kind: Pod
metadata: {name: needy}
spec:
  containers: [{name: main, image: nginx, envFrom: [{secretRef: {name: later}}]}]
`,
    )
    await untilStatus('needy', 'CreateContainerConfigError')
    await kubectl(test.cluster, 'create', 'secret', 'generic', 'later', '--from-literal=a=b')
    await untilStatus('needy', 'Running')
  })

  it('[K6] logs grow while the container runs, tell the same story twice, and can be followed', async () => {
    const first = await kubectl(test.cluster, 'logs', 'plain')
    expect(first.split('\n')[0]).toContain('level=info msg="starting" container=plain image="nginx"')
    const followed = await kubectlFor(test.cluster, 6_500, 'logs', '-f', 'plain', '--timestamps')
    const lines = followed.trim().split('\n')
    expect(lines.length).toBeGreaterThan(first.split('\n').length)
    const times = lines.map((line) => line.split(' ')[0] ?? '')
    expect(times).toEqual([...times].sort())
    const second = await kubectl(test.cluster, 'logs', 'plain')
    expect(second.startsWith(first)).toBe(true)
    expect(await kubectl(test.cluster, 'logs', 'plain', '--tail=1')).toBe(second.split('\n').at(-1))
  })

  it('[K7] logs of a container that never started are refused with the reason', async () => {
    await expect(kubectl(test.cluster, 'logs', 'absent')).rejects.toThrow(
      'container "absent" in pod "absent" is waiting to start',
    )
    await expect(kubectl(test.cluster, 'logs', 'staged', '-c', 'nobody')).rejects.toThrow(
      'container nobody is not valid for pod staged',
    )
  })

  it('[K8] a deleted pod terminates and vanishes, however long its grace period is', async () => {
    await kubectl(test.cluster, 'delete', 'pod', 'plain', '--timeout=10s')
    await expect(kubectl(test.cluster, 'get', 'pod', 'plain')).rejects.toThrow('pods "plain" not found')
  })

  it('[K9] a pod that fits no node says why and is placed when it can be', async () => {
    await apply(
      test.cluster,
      'apiVersion: v1\nkind: Pod\nmetadata: {name: picky}\nspec: {nodeSelector: {disk: ssd}, containers: [{name: c, image: nginx}]}\n',
    )
    const events = () =>
      kubectl(
        test.cluster,
        'get',
        'events',
        '--field-selector',
        'involvedObject.name=picky,reason=FailedScheduling',
        '-o',
        'jsonpath={.items[*].message}',
      )
    await eventually(events, (text) =>
      text.includes("0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector"),
    )
    await kubectl(test.cluster, 'label', 'node', 'node-2', 'disk=ssd')
    await untilStatus('picky', 'Running')
    expect(await kubectl(test.cluster, 'get', 'pod', 'picky', '-o', 'jsonpath={.spec.nodeName}')).toBe('node-2')
  })

  it('[K10] nothing failed inside the controllers', () => {
    expect(test.failures).toEqual([])
  })
})
