import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applicationOf, type Stage, setStage } from './stage.ts'

const deployment = (image: string, replicas = 2) => `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: ${replicas}
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
        - name: web
          image: example.com/web:${image}
`
const service = `
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
    - port: 80
`

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(async () => {
  await stage[Symbol.asyncDispose]()
})

const options = { upsert: false, validate: true, actor: 'admin' }

async function linesOf<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const lines: T[] = []
  for await (const line of stream) lines.push(line)
  return lines
}

describe('the way of a commit', () => {
  const ref = { namespace: 'argocd', name: 'web' }

  it('from a repository to a healthy deployment, to the next version, and back', async () => {
    await stage.git.createRepository('web', { 'app/deployment.yaml': deployment('v1.0'), 'app/service.yaml': service })
    const source = { repoURL: stage.git.url('web'), path: 'app' }
    await stage.applications.create(applicationOf('web', source), options)
    const created = await stage.until(ref, 'compared', ({ state }) => state !== undefined)
    expect(created.state).toMatchObject({ sync: 'OutOfSync', health: 'Missing', sourceTypes: ['Directory'] })
    const plan = await stage.applications.plan(ref, {})
    expect(plan.counts).toMatchObject({ create: 2, update: 0, prune: 0 })

    await stage.applications.sync(ref, { prune: false }, { actor: 'admin' })
    const healthy = await stage.until(
      ref,
      'healthy',
      ({ state }) => state?.sync === 'Synced' && state.health === 'Healthy',
    )
    expect(healthy.operation).toMatchObject({ phase: 'Succeeded', deploymentId: 0 })
    expect(healthy.history).toMatchObject([
      { id: 0, revision: healthy.state?.revisions[0], initiatedBy: { username: 'admin' } },
    ])

    const second = await stage.git.commit('web', {
      branch: 'main',
      message: 'v2.0\n\nbody',
      files: { 'app/deployment.yaml': deployment('v2.0') },
    })
    const refreshed = await stage.applications.refresh(ref, 'normal')
    expect(refreshed.state).toMatchObject({ sync: 'OutOfSync', revisions: [second], commitMessage: 'v2.0' })
    const [changed] = (await stage.applications.managedResources(ref, {})).filter(({ modified }) => modified)
    expect(changed?.differences).toMatchObject([
      { path: expect.stringContaining('image'), live: 'example.com/web:v1.0', desired: 'example.com/web:v2.0' },
    ])

    await stage.applications.sync(ref, {}, { actor: 'admin' })
    await stage.until(
      ref,
      'synced at v2',
      ({ state, history }) => state?.sync === 'Synced' && state.health === 'Healthy' && history.length === 2,
    )

    await stage.until(ref, 'running v2 alone', ({ state }) => state?.images.join() === 'example.com/web:v2.0')

    await stage.applications.rollback(ref, { id: 0, prune: false, dryRun: false }, { actor: 'admin' })
    const back = await stage.until(
      ref,
      'rolled back',
      ({ state, history }) => history.length === 3 && state?.sync === 'OutOfSync',
    )
    expect(back.history[2]?.revision).toBe(back.history[0]?.revision)
    await stage.until(ref, 'healthy again', ({ state }) => state?.health === 'Healthy')
    const podImages = async () => {
      const { nodes } = await stage.applications.tree(ref)
      return nodes.filter(({ kind }) => kind === 'Pod').map(({ images }) => images)
    }
    await expect.poll(podImages, { timeout: 15_000 }).toEqual([['example.com/web:v1.0'], ['example.com/web:v1.0']])
    const { nodes } = await stage.applications.tree(ref)
    expect(nodes.filter(({ kind }) => kind === 'ReplicaSet')).toHaveLength(2)
  })

  it('[L3] a refresh of an unchanged application writes nothing', async () => {
    await stage.applications.refresh(ref, 'normal')
    const before = stage.store.writes
    await stage.applications.refresh(ref, 'normal')
    await stage.applications.refresh(ref, 'hard')
    expect(stage.store.writes - before).toBe(0)
  })

  it('[L6] a refresh asked for by annotation is recorded, done, and leaves no annotation', async () => {
    const patch = JSON.stringify({ metadata: { annotations: { 'argocd.argoproj.io/refresh': 'hard', kept: 'yes' } } })
    const asked = await stage.applications.patch(ref, patch, { type: 'merge', actor: 'admin' })
    expect(asked).toMatchObject({ annotations: { kept: 'yes' }, refresh: { type: 'hard' } })
    const done = await stage.until(ref, 'refreshed', ({ refresh }) => refresh === undefined)
    expect(done.annotations).toEqual({ kept: 'yes' })
  })

  it('a patch cannot say what was observed or start an operation', async () => {
    const patch = JSON.stringify({ status: { sync: { status: 'Hacked' } }, operation: { sync: 'now' } })
    const before = await stage.store.get(ref)
    const after = await stage.applications.patch(ref, patch, { type: 'merge', actor: 'admin' })
    expect([after.state?.sync, after.spec]).toEqual([before?.state?.sync, before?.spec])
  })

  it('a log that cannot be read says so at the time of the attempt', async () => {
    await stage.applications.sync(ref, {}, { actor: 'admin' })
    await stage.until(ref, 'healthy', ({ state }) => state?.health === 'Healthy')
    const signal = new AbortController().signal
    const request = { group: 'apps', kind: 'Deployment', resourceName: 'web', container: 'nobody' }
    const [line] = await linesOf(stage.applications.logs(ref, request, signal))
    expect(line?.content).toContain('container nobody is not valid')
    expect(line?.timeStamp).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
    const untilTime = '2000-01-01T00:00:00Z'
    const past = { group: 'apps', kind: 'Deployment', resourceName: 'web', untilTime }
    expect(await linesOf(stage.applications.logs(ref, past, signal))).toEqual([])
  })

  it('deletion with cascade removes the resources, then the application', async () => {
    await stage.applications.delete(ref, { cascade: true, propagation: 'foreground', actor: 'admin' })
    await expect.poll(() => stage.store.get(ref), { timeout: 20_000 }).toBeUndefined()
    await expect.poll(() => stage.cluster.api.list({ group: '', kind: 'Pod' }, { namespace: 'default' })).toEqual([])
    expect(
      stage.cluster.api.get({ group: 'apps', kind: 'Deployment', namespace: 'default', name: 'web' }),
    ).toBeUndefined()
  })
})

describe('an automated application', () => {
  const ref = { namespace: 'argocd', name: 'auto' }

  it('syncs by itself, undoes a change by hand, and prunes what left git', async () => {
    await stage.git.createRepository('auto', { 'app/deployment.yaml': deployment('v1.0'), 'app/service.yaml': service })
    const source = { repoURL: stage.git.url('auto'), path: 'app' }
    const syncPolicy = { automated: { prune: true, selfHeal: true } }
    await stage.applications.create(applicationOf('auto', source, { syncPolicy }), options)
    await stage.until(ref, 'synced', ({ state }) => state?.sync === 'Synced' && state.health === 'Healthy')

    const scale = { type: 'merge' as const, body: { spec: { replicas: 5 } } }
    const web = { group: 'apps', kind: 'Deployment', namespace: 'default', name: 'web' }
    stage.cluster.api.patch(web, scale)
    await expect.poll(() => stage.cluster.api.get(web)?.spec, { timeout: 15_000 }).toMatchObject({ replicas: 2 })

    await stage.git.commit('auto', { branch: 'main', message: 'drop the service', files: { 'app/service.yaml': null } })
    await stage.applications.refresh(ref, 'normal')
    await expect
      .poll(() => stage.cluster.api.get({ group: '', kind: 'Service', namespace: 'default', name: 'web' }), {
        timeout: 15_000,
      })
      .toBeUndefined()
    await stage.until(ref, 'synced again', ({ state }) => state?.sync === 'Synced')
    await expect(
      stage.applications.rollback(ref, { id: 0, prune: false, dryRun: false }, { actor: 'admin' }),
    ).rejects.toThrow('rollback cannot be initiated when auto-sync is enabled')
  })
})

describe('bad input changes nothing and says where', () => {
  it.each([
    ['an unknown branch', { branch: 'nowhere' }, /nowhere/],
    ['a missing path', { path: 'missing' }, /missing/],
    ['invalid YAML', { path: 'broken' }, /broken\/bad\.yaml/],
  ])('%s', async (_, change, reason) => {
    const url = await stage.git.createRepository(`bad-${JSON.stringify(change).length}`, {
      'app/deployment.yaml': deployment('v1'),
      'broken/bad.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n  data: [\n',
    })
    const name = 'bad'
    const application = applicationOf(name, {
      repoURL: stage.git.url(`bad-${JSON.stringify(change).length}`),
      path: 'app',
      ...change,
    })
    const source = application.spec.source
    if ('branch' in change && source !== undefined) source.targetRevision = change.branch
    await expect(stage.applications.create(application, options), url).rejects.toThrow(reason)
    expect(await stage.store.get({ namespace: 'argocd', name })).toBeUndefined()
  })

  it('an unreachable repository', async () => {
    const application = applicationOf('bad', { repoURL: 'http://127.0.0.1:1/none.git', path: 'app' })
    await expect(stage.applications.create(application, options)).rejects.toThrow(/127\.0\.0\.1/)
  })

  it('an unknown cluster', async () => {
    const application = applicationOf(
      'bad',
      { repoURL: stage.git.url('web'), path: 'app' },
      { destination: { name: 'mars' } },
    )
    await expect(stage.applications.create(application, options)).rejects.toThrow(/cluster "mars" is not registered/)
  })
})

describe('the destination namespace', () => {
  it('is part of the plan only while it is missing', async () => {
    const ref = { namespace: 'argocd', name: 'spaced' }
    const source = { repoURL: stage.git.url('web'), path: 'app' }
    const spec = {
      destination: { name: 'in-cluster', namespace: 'spaced' },
      syncPolicy: { syncOptions: ['CreateNamespace=true'] },
    }
    await stage.applications.create(applicationOf('spaced', source, spec), options)
    await stage.until(ref, 'compared', ({ state }) => state !== undefined)
    expect((await stage.applications.plan(ref, {})).waves[0]).toMatchObject({
      phase: 'PreSync',
      tasks: [{ kind: 'Namespace', action: 'create' }],
    })
    await stage.applications.sync(ref, {}, { actor: 'admin' })
    await stage.until(ref, 'healthy', ({ state }) => state?.sync === 'Synced' && state.health === 'Healthy')
    expect((await stage.applications.plan(ref, {})).counts).toMatchObject({ create: 0, update: 0, unchanged: 2 })
  })
})
