import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedCluster, startEmbeddedCluster } from '@driftless/embedded-cluster'
import { systemClock } from '@driftless/foundation'
import type { KubeObject } from '@driftless/kube-objects'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClusterAddress } from './connection.ts'
import { createLiveCluster, type LiveCluster } from './live-cluster.ts'
import { testCluster } from './test-connection.ts'

interface Columns {
  readonly replicas: unknown
}

const ports = {
  instanceOf: (object: KubeObject) => object.metadata.labels?.instance,
  describe: (object: KubeObject): Columns => ({
    replicas: (object.spec as { replicas?: number } | undefined)?.replicas,
  }),
}

let directory: string
let embedded: EmbeddedCluster
let live: LiveCluster<Columns>

function start(): Promise<EmbeddedCluster> {
  return startEmbeddedCluster({
    name: 'one',
    directory: join(directory, 'one'),
    kubeconfigPath: join(directory, 'one.kubeconfig'),
    podReadySeconds: 0.1,
  })
}

function address(cluster: EmbeddedCluster): ClusterAddress {
  return { server: cluster.server, config: { bearerToken: cluster.token, tlsClientConfig: { caData: cluster.caData } } }
}

function deployment(replicas: number, image = 'web:1'): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default', labels: { instance: 'web' } },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } },
    },
  }
}

const web = { group: 'apps', kind: 'Deployment', namespace: 'default', name: 'web' }
const clientSide = {
  serverSide: false,
  force: false,
  dryRun: false,
  validate: true,
  manager: 'test',
  forceConflicts: true,
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'driftless-live-'))
  embedded = await start()
  live = createLiveCluster({ cluster: address(embedded), clock: systemClock, heartbeatSeconds: 1, ...ports })
  await live.ready()
})

afterAll(async () => {
  await live.close()
  await embedded.close()
  await rm(directory, { recursive: true, force: true })
})

describe('the live cache', () => {
  it('knows what the cluster serves and who serves it', () => {
    expect(live.scopeOf({ group: 'apps', kind: 'Deployment' })).toBe('Namespaced')
    expect(live.scopeOf({ group: '', kind: 'Namespace' })).toBe('Cluster')
    expect(live.scopeOf({ group: 'example.com', kind: 'Widget' })).toBeUndefined()
    expect(live.contact()).toMatchObject({ phase: 'ready', serverVersion: expect.stringMatching(/^v1\./) })
    expect(live.discovery()?.apiVersions).toContain('apps/v1/Deployment')
  })

  it('shows a write at once, and what controllers make of it as it happens', async () => {
    await live.objects.apply(deployment(2), clientSide)
    expect(live.get(web)?.columns.replicas).toBe(2)
    const instances = () => [...live.ofKind({ group: '', kind: 'Pod' })].length
    await expect.poll(instances, { timeout: 10_000 }).toBe(2)
    const uid = live.get(web)?.uid ?? ''
    expect([...live.children(uid)].map(({ key }) => key.kind)).toEqual(['ReplicaSet'])
    expect([...live.managedBy('web')].map(({ key }) => key.kind)).toEqual(['Deployment'])
  })

  it('tells for every change whose tree it is in', async () => {
    const seen = new Set<string>()
    const off = live.onChange(({ object, instances }) => {
      if (instances.includes('web')) seen.add(object.key.kind)
    })
    await live.objects.apply(deployment(3), clientSide)
    await expect.poll(() => [...seen].sort(), { timeout: 10_000 }).toEqual(['Deployment', 'Pod', 'ReplicaSet'])
    off()
  })

  it('keeps the manifest of managed objects and reads others from the cluster', async () => {
    const managed = live.get(web)
    expect(managed?.packed).toBeDefined()
    const [replicaSet] = managed === undefined ? [] : [...live.children(managed.uid)]
    expect(replicaSet?.packed).toBeUndefined()
    expect(replicaSet && (await live.manifest(replicaSet))).toMatchObject({
      kind: 'ReplicaSet',
      metadata: { uid: replicaSet?.uid },
    })
  })

  it('watches kinds that are installed later', async () => {
    await live.objects.create({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        names: { kind: 'Widget', plural: 'widgets' },
        scope: 'Namespaced',
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          },
        ],
      },
    })
    await expect
      .poll(() => live.scopeOf({ group: 'example.com', kind: 'Widget' }), { timeout: 10_000 })
      .toBe('Namespaced')
    embedded.api.create({
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: 'w', namespace: 'default' },
      spec: {},
    })
    const widget = { group: 'example.com', kind: 'Widget', namespace: 'default', name: 'w' }
    await expect.poll(() => live.get(widget)?.key.name, { timeout: 10_000 }).toBe('w')
  })
})

describe('client-side apply', () => {
  it('removes what was applied before and is no longer wanted, and keeps what others set', async () => {
    const before = deployment(1)
    before.metadata.annotations = { mine: 'yes' }
    await live.objects.apply(before, clientSide)
    embedded.api.patch(web, { type: 'merge', body: { metadata: { annotations: { theirs: 'yes' } } } })
    await live.objects.apply(deployment(1), clientSide)
    const { annotations } = embedded.api.get(web)?.metadata ?? {}
    expect(annotations).toMatchObject({ theirs: 'yes' })
    expect(annotations).not.toHaveProperty('mine')
  })

  it('sends nothing when nothing differs', async () => {
    const settled = () => (embedded.api.get(web)?.status as { readyReplicas?: number } | undefined)?.readyReplicas
    await live.objects.apply(deployment(1), clientSide)
    await expect.poll(settled, { timeout: 10_000 }).toBe(1)
    const version = embedded.api.get(web)?.metadata.resourceVersion
    await live.objects.apply(deployment(1), clientSide)
    expect(embedded.api.get(web)?.metadata.resourceVersion).toBe(version)
  })

  it('a refusal carries the API server’s reason', async () => {
    const wrong = deployment(1)
    wrong.spec = { ...(wrong.spec as object), selector: { matchLabels: { app: 'other' } } }
    await expect(live.objects.apply(wrong, clientSide)).rejects.toThrow(/selector/)
  })

  it('an unknown kind is named', async () => {
    const unknown: KubeObject = {
      apiVersion: 'nowhere.io/v1',
      kind: 'Thing',
      metadata: { name: 't', namespace: 'default' },
    }
    await expect(live.objects.apply(unknown, clientSide)).rejects.toMatchObject({ code: 'CLUSTER_KIND_UNKNOWN' })
  })

  it('deleting what is absent is fine', async () => {
    await expect(
      live.objects.delete({ ...web, name: 'absent' }, { propagation: 'foreground' }),
    ).resolves.toBeUndefined()
  })
})

describe('contact', () => {
  it('a wrong token is refused in the cluster’s words', async () => {
    const wrong = { ...address(embedded), config: { ...address(embedded).config, bearerToken: 'wrong' } }
    await expect(testCluster(wrong)).rejects.toMatchObject({ code: 'CLUSTER_REFUSED' })
  })

  it('a cluster with another certificate is not trusted', async () => {
    await expect(testCluster({ ...address(embedded), config: { bearerToken: embedded.token } })).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
      message: expect.stringContaining('certificate'),
    })
  })

  it('a cluster that goes away is failed with the time it was last seen, and is read anew when it is back', async () => {
    await embedded.close()
    await expect.poll(() => live.contact().phase, { timeout: 10_000 }).toBe('failed')
    const { lastSeenAt, message } = live.contact()
    expect(lastSeenAt).toBeInstanceOf(Date)
    expect(message).toMatch(/cannot be reached/)
    await expect(live.ready()).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' })
    embedded = await start()
    embedded.api.patch(web, { type: 'merge', body: { spec: { replicas: 4 } } })
    await expect.poll(() => live.contact().phase, { timeout: 20_000 }).toBe('ready')
    expect(live.get(web)?.columns.replicas).toBe(4)
  })
})
