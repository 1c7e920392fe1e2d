import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCluster, type TestCluster } from './support/cluster.ts'
import { apply, eventually, hasKubectl, kubectl, kubectlNote } from './support/kubectl.ts'

interface Replicas {
  name: string
  image: string
  replicas: number
  revision: string
}

describe.skipIf(!hasKubectl)(`rollouts driven by kubectl${kubectlNote}`, () => {
  let test: TestCluster
  beforeAll(async () => {
    test = await startTestCluster()
  })
  afterAll(() => test[Symbol.asyncDispose]())

  const replicaSets = async (selector: string): Promise<Replicas[]> => {
    const list = JSON.parse(await kubectl(test.cluster, 'get', 'rs', '-l', selector, '-o', 'json')) as {
      items: {
        metadata: { name: string; annotations: Record<string, string> }
        spec: { replicas: number; template: { spec: { containers: { image: string }[] } } }
      }[]
    }
    return list.items.map((set) => ({
      name: set.metadata.name,
      image: set.spec.template.spec.containers[0]?.image ?? '',
      replicas: set.spec.replicas,
      revision: set.metadata.annotations['deployment.kubernetes.io/revision'] ?? '',
    }))
  }
  const rolledOut = (name: string) => kubectl(test.cluster, 'rollout', 'status', name, '--timeout=30s')

  it('[C1] a created Deployment ends in ready pods that kubectl rollout status waits for', async () => {
    await kubectl(test.cluster, 'create', 'deployment', 'web', '--image=nginx:1.25', '--replicas=3')
    expect(await rolledOut('deployment/web')).toContain('successfully rolled out')
    const pods = await kubectl(test.cluster, 'get', 'pods', '-l', 'app=web', '--no-headers')
    expect(pods.split('\n')).toHaveLength(3)
    for (const line of pods.split('\n')) expect(line).toMatch(/1\/1\s+Running\s+0/)
  })

  it('[C2] a new image makes a new ReplicaSet and keeps the old one with 0 pods', async () => {
    await kubectl(test.cluster, 'set', 'image', 'deployment/web', 'nginx=nginx:1.26')
    await rolledOut('deployment/web')
    const sets = (await replicaSets('app=web')).sort((a, b) => a.image.localeCompare(b.image))
    expect(sets.map(({ image, replicas, revision }) => ({ image, replicas, revision }))).toEqual([
      { image: 'nginx:1.25', replicas: 0, revision: '1' },
      { image: 'nginx:1.26', replicas: 3, revision: '2' },
    ])
  })

  it('[C3] an old template takes its old ReplicaSet up again, with a new revision', async () => {
    const before = await replicaSets('app=web')
    await kubectl(test.cluster, 'rollout', 'undo', 'deployment/web')
    await rolledOut('deployment/web')
    const after = await replicaSets('app=web')
    expect(after.map((set) => set.name).sort()).toEqual(before.map((set) => set.name).sort())
    expect(after.find((set) => set.image === 'nginx:1.25')).toMatchObject({ replicas: 3, revision: '3' })
    expect(await kubectl(test.cluster, 'rollout', 'history', 'deployment/web')).toMatch(/2\s+<none>\n3\s+<none>/)
  })

  it('[C4] scaling changes the size of the one ReplicaSet, without a rollout', async () => {
    await kubectl(test.cluster, 'scale', 'deployment/web', '--replicas=5')
    await rolledOut('deployment/web')
    expect((await replicaSets('app=web')).find((set) => set.replicas > 0)).toMatchObject({ replicas: 5, revision: '3' })
  })

  it('[C5] a paused Deployment does not roll out until it is resumed', async () => {
    await kubectl(test.cluster, 'rollout', 'pause', 'deployment/web')
    await kubectl(test.cluster, 'set', 'image', 'deployment/web', 'nginx=nginx:1.27')
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect((await replicaSets('app=web')).map((set) => set.image)).not.toContain('nginx:1.27')
    await kubectl(test.cluster, 'rollout', 'resume', 'deployment/web')
    await rolledOut('deployment/web')
    expect((await replicaSets('app=web')).find((set) => set.replicas === 5)?.image).toBe('nginx:1.27')
  })

  it('[C6] a rollout never has more than maxSurge pods too many nor fewer than maxUnavailable allow', async () => {
    await apply(
      test.cluster,
      deployment({ name: 'steady', image: 'app:1', strategy: '{maxSurge: 1, maxUnavailable: 0}' }),
    )
    await rolledOut('deployment/steady')
    const seen: { ready: number; all: number }[] = []
    const unwatch = test.cluster.api.watch((event) => {
      if (event.kind.kind !== 'Pod') return
      const pods = test.cluster.api.list(
        { group: '', kind: 'Pod' },
        { namespace: 'default', labelSelector: 'app=steady' },
      )
      const living = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined)
      const ready = living.filter((pod) => isReady(pod.status))
      seen.push({ ready: ready.length, all: living.length })
    })
    await kubectl(test.cluster, 'set', 'image', 'deployment/steady', 'app=app:2')
    await rolledOut('deployment/steady')
    unwatch()
    expect(seen.length).toBeGreaterThan(10)
    expect(Math.max(...seen.map((moment) => moment.all))).toBeLessThanOrEqual(4)
    expect(Math.min(...seen.map((moment) => moment.ready))).toBeGreaterThanOrEqual(3)
  })

  it('[C7] Recreate removes every old pod before the first new one starts', async () => {
    await apply(test.cluster, deployment({ name: 'swap', image: 'app:1', strategy: 'Recreate' }))
    await rolledOut('deployment/swap')
    const images: string[][] = []
    const unwatch = test.cluster.api.watch(() => {
      const pods = test.cluster.api.list(
        { group: '', kind: 'Pod' },
        { namespace: 'default', labelSelector: 'app=swap' },
      )
      images.push([...new Set(pods.map((pod) => (JSON.stringify(pod.spec).includes('app:1') ? 'old' : 'new')))])
    })
    await kubectl(test.cluster, 'set', 'image', 'deployment/swap', 'app=app:2')
    await rolledOut('deployment/swap')
    unwatch()
    expect(images).toContainEqual(['new'])
    expect(images.filter((both) => both.length > 1)).toEqual([])
  })

  it('[C8] a rollout that cannot finish says so after its deadline and leaves the old pods serving', async () => {
    await apply(
      test.cluster,
      deployment({ name: 'stuck', image: 'app:1', strategy: '{maxSurge: 1, maxUnavailable: 0}', deadline: 3 }),
    )
    await rolledOut('deployment/stuck')
    await kubectl(test.cluster, 'set', 'image', 'deployment/stuck', 'app=app:does-not-exist')
    await expect(rolledOut('deployment/stuck')).rejects.toThrow('exceeded its progress deadline')
    const available = await kubectl(
      test.cluster,
      'get',
      'deployment',
      'stuck',
      '-o',
      'jsonpath={.status.availableReplicas}',
    )
    expect(available).toBe('3')
  })

  it('[C9] deleting a Deployment removes its ReplicaSets and pods, orphaning keeps them', async () => {
    await kubectl(test.cluster, 'delete', 'deployment', 'steady', '--cascade=orphan')
    expect((await replicaSets('app=steady')).some((set) => set.replicas === 3)).toBe(true)
    await kubectl(test.cluster, 'delete', 'deployment', 'web')
    const left = () => kubectl(test.cluster, 'get', 'rs,pods', '-l', 'app=web', '-o', 'name')
    await eventually(left, (names) => names === '')
  })

  it('[C10] nothing failed inside the controllers', () => {
    expect(test.failures).toEqual([])
  })
})

function isReady(status: unknown): boolean {
  const { conditions = [] } = (status ?? {}) as { conditions?: { type: string; status: string }[] }
  return conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True')
}

function deployment(facts: { name: string; image: string; strategy: string; deadline?: number }): string {
  const strategy =
    facts.strategy === 'Recreate' ? '{type: Recreate}' : `{type: RollingUpdate, rollingUpdate: ${facts.strategy}}`
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${facts.name}}
spec:
  replicas: 3
  progressDeadlineSeconds: ${facts.deadline ?? 60}
  strategy: ${strategy}
  selector: {matchLabels: {app: ${facts.name}}}
  template:
    metadata: {labels: {app: ${facts.name}}}
    spec: {containers: [{name: app, image: '${facts.image}'}]}
`
}
