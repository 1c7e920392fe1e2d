import type { ApplicationRef, ApplicationStore } from '@driftless/applications'
import { beforeAll, expect, it } from 'vitest'
import { describeOnDatabases } from '../../testing/databases.ts'
import { exampleApplication, exampleState } from '../../testing/example-application.ts'
import { createApplicationStore } from './application-store.ts'

describeOnDatabases('application store', ({ database }) => {
  let store: ApplicationStore
  let serial = 0
  const startedAt = new Date('2026-01-05T10:00:00.000Z').getTime()
  let elapsed = 0
  beforeAll(() => {
    store = createApplicationStore({ database: database(), now: () => new Date(startedAt + ++elapsed * 1000) })
  })
  const create = async (spec = {}): Promise<ApplicationRef> => store.create(exampleApplication(`app-${++serial}`, spec))
  const read = async (ref: ApplicationRef) => {
    const record = await store.get(ref)
    if (record === undefined) throw new Error(`${ref.name} is missing`)
    return record
  }
  const result = (name: string, status?: 'Synced') => ({
    group: 'apps',
    version: 'v1',
    kind: 'Deployment',
    namespace: 'web',
    name,
    ...(status === undefined ? {} : { status }),
  })

  it('gives back what was created, and nothing for an unknown name', async () => {
    const ref = await create()
    const record = await read(ref)
    expect(record.spec).toEqual(exampleApplication('x').spec)
    expect(record.labels).toEqual({ team: 'web' })
    expect(record.generation).toBe(1)
    expect(record.state).toBeUndefined()
    expect(await store.get({ namespace: 'argocd', name: 'nobody' })).toBeUndefined()
  })

  it('refuses a name that is taken and leaves the first one alone', async () => {
    const ref = await create()
    const before = await read(ref)
    await expect(store.create(exampleApplication(ref.name, { project: 'other' }))).rejects.toMatchObject({
      code: 'APPLICATION_EXISTS',
    })
    expect(await read(ref)).toEqual(before)
  })

  it('lets one of two creators of a name win', async () => {
    const twice = [store.create(exampleApplication('twin')), store.create(exampleApplication('twin'))]
    const outcomes = await Promise.allSettled(twice)
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('raises version and generation for a changed spec, the version alone for metadata, nothing for no change', async () => {
    const ref = await create()
    const first = await read(ref)
    const second = await store.update(ref, { spec: { ...first.spec, project: 'team' } })
    expect(second.version).toBeGreaterThan(first.version)
    expect(second.generation).toBe(2)
    const third = await store.update(ref, { labels: { team: 'ops' } })
    expect(third).toMatchObject({ generation: 2, labels: { team: 'ops' } })
    expect(third.version).toBeGreaterThan(second.version)
    expect((await store.update(ref, { spec: third.spec, labels: { team: 'ops' } })).version).toBe(third.version)
  })

  it('refuses an update of a version that is not the newest', async () => {
    const ref = await create()
    const { version } = await read(ref)
    await store.update(ref, { labels: { a: '1' }, expectedVersion: version })
    await expect(store.update(ref, { labels: { a: '2' }, expectedVersion: version })).rejects.toMatchObject({
      code: 'APPLICATION_CONFLICT',
    })
    await expect(store.update({ namespace: 'argocd', name: 'nobody' }, {})).rejects.toMatchObject({
      code: 'APPLICATION_NOT_FOUND',
    })
  })

  it('keeps an observed state to the millisecond and gives it back', async () => {
    const ref = await create()
    await store.recordState(ref, exampleState(), undefined)
    expect((await read(ref)).state).toEqual(exampleState())
  })

  it('changes only the resources that differ, keeps their order, and drops those that are gone', async () => {
    const ref = await create()
    await store.recordState(ref, exampleState(), undefined)
    const next = exampleState({
      resources: [
        { kind: 'ConfigMap', version: 'v1', namespace: 'web', name: 'settings', status: 'Synced' },
        {
          group: 'apps',
          version: 'v1',
          kind: 'Deployment',
          namespace: 'web',
          name: 'web',
          status: 'Synced',
          health: { status: 'Progressing' },
        },
      ],
      conditions: [{ type: 'SyncError', message: 'no', lastTransitionTime: '2026-01-05T10:00:00Z' }],
    })
    await store.recordState(ref, next, undefined)
    expect((await read(ref)).state).toEqual(next)
  })

  it('makes no version for an observation that changes nothing but its time', async () => {
    const ref = await create()
    await store.recordState(ref, exampleState(), undefined)
    const before = await read(ref)
    await store.recordState(ref, exampleState({ reconciledAt: '2026-01-05T10:03:00.000Z' }), undefined)
    const after = await read(ref)
    expect(after.version).toBe(before.version)
    expect(after.state?.reconciledAt).toBe('2026-01-05T10:03:00.000Z')
  })

  it('clears a refresh that was asked for before the comparison, not one asked for after it', async () => {
    const ref = await create()
    const asked = await store.requestRefresh(ref, 'hard')
    expect(asked.refresh?.type).toBe('hard')
    const requestedAt = asked.refresh?.requestedAt ?? ''
    await store.recordState(ref, exampleState(), new Date(new Date(requestedAt).getTime() - 1).toISOString())
    expect((await read(ref)).refresh).toBeDefined()
    await store.recordState(ref, exampleState(), requestedAt)
    expect((await read(ref)).refresh).toBeUndefined()
  })

  it('does not weaken a hard refresh by a normal one', async () => {
    const ref = await create()
    await store.requestRefresh(ref, 'hard')
    expect((await store.requestRefresh(ref, 'normal')).refresh?.type).toBe('hard')
  })

  it('keeps an operation with its results from start to deployment', async () => {
    const ref = await create()
    const { operation } = await store.startOperation(ref, 'sync', {
      sync: { revision: 'main' },
      initiatedBy: { username: 'ada' },
    })
    const id = operation?.id ?? ''
    expect(await store.unfinishedOperations()).toContainEqual({ namespace: ref.namespace, name: ref.name })
    await expect(store.startOperation(ref, 'sync', {})).rejects.toMatchObject({ code: 'APPLICATION_OPERATION_RUNNING' })
    const syncResult = { revision: 'abc', source: { repoURL: 'https://git.example.com/team/web.git' } }
    await store.recordProgress(ref, id, { phase: 'Running', message: 'one of two', syncResult, results: [result('a')] })
    await store.recordProgress(ref, id, {
      phase: 'Running',
      message: 'two of two',
      results: [result('a', 'Synced'), result('b')],
    })
    expect((await read(ref)).operation).toMatchObject({
      message: 'two of two',
      syncResult,
      results: [result('a', 'Synced'), result('b')],
    })
    await store.completeOperation(ref, id, {
      phase: 'Succeeded',
      message: 'done',
      results: [result('a', 'Synced'), result('b', 'Synced')],
      finishedAt: '2026-01-05T11:00:00.000Z',
      deployment: {
        revision: 'abc',
        source: syncResult.source,
        deployedAt: '2026-01-05T11:00:00.000Z',
        initiatedBy: { username: 'ada' },
      },
      historyLimit: 10,
    })
    const done = await read(ref)
    expect(done.operation).toMatchObject({
      phase: 'Succeeded',
      finishedAt: '2026-01-05T11:00:00.000Z',
      deploymentId: 0,
    })
    expect(done.operation?.results.map((entry) => entry.status)).toEqual(['Synced', 'Synced'])
    expect(done.history).toEqual([
      {
        id: 0,
        revision: 'abc',
        source: syncResult.source,
        deployedAt: '2026-01-05T11:00:00.000Z',
        initiatedBy: { username: 'ada' },
      },
    ])
    expect(await store.unfinishedOperations()).not.toContainEqual({ namespace: ref.namespace, name: ref.name })
  })

  it('writes nothing for progress that says nothing new', async () => {
    const ref = await create()
    const id = (await store.startOperation(ref, 'sync', {})).operation?.id ?? ''
    await store.recordProgress(ref, id, { phase: 'Running', message: 'waiting', results: [result('a')] })
    const { version } = await read(ref)
    await store.recordProgress(ref, id, { phase: 'Running', message: 'waiting', results: [result('a')] })
    expect((await read(ref)).version).toBe(version)
  })

  it('ignores progress of an operation that is not the newest', async () => {
    const ref = await create()
    const finish = { phase: 'Failed', message: 'no', finishedAt: '2026-01-05T11:00:00.000Z' } as const
    const old = (await store.startOperation(ref, 'sync', {})).operation?.id ?? ''
    await store.completeOperation(ref, old, finish)
    await store.startOperation(ref, 'rollback', {})
    await store.recordProgress(ref, old, { phase: 'Succeeded', message: 'late' })
    expect((await read(ref)).operation).toMatchObject({ kind: 'rollback', phase: 'Running' })
  })

  it('numbers deployments from 0 without reuse and keeps the newest', async () => {
    const ref = await create()
    for (let round = 0; round < 4; round++) {
      const id = (await store.startOperation(ref, 'sync', {})).operation?.id ?? ''
      const at = `2026-01-05T1${round}:00:00.000Z`
      await store.completeOperation(ref, id, {
        phase: 'Succeeded',
        message: '',
        finishedAt: at,
        deployment: { deployedAt: at },
        historyLimit: 2,
      })
    }
    expect((await read(ref)).history.map((entry) => entry.id)).toEqual([2, 3])
    expect((await store.operations(ref, 10)).map((operation) => operation.deploymentId)).toEqual([3, 2, 1, 0])
    expect(await store.operations(ref, 2)).toHaveLength(2)
  })

  it('terminates a running operation and refuses when none runs', async () => {
    const ref = await create()
    await expect(store.terminateOperation(ref)).rejects.toMatchObject({ code: 'APPLICATION_NO_OPERATION' })
    await store.startOperation(ref, 'sync', {})
    await store.terminateOperation(ref)
    expect((await read(ref)).operation?.phase).toBe('Terminating')
  })

  it('marks as deleted, then removes with all that belongs to it', async () => {
    const ref = await create()
    await store.recordState(ref, exampleState(), undefined)
    await store.startOperation(ref, 'delete', {})
    expect((await store.markDeleted(ref, ['a/finalizer'])).finalizers).toEqual(['a/finalizer'])
    const { uid } = await read(ref)
    await store.remove(ref)
    expect(await store.get(ref)).toBeUndefined()
    expect(await database().prisma.applicationResource.count({ where: { applicationId: uid } })).toBe(0)
    expect(await database().prisma.operation.count({ where: { applicationId: uid } })).toBe(0)
    await store.remove(ref)
  })

  it('lists whole applications in the order of their names', async () => {
    const names = (await store.list()).map((record) => record.name)
    expect(names).toEqual([...names].sort())
    expect(names.length).toBeGreaterThan(5)
  })

  it('writes one event a change, in the same order as the versions of the rows', async () => {
    const ref = await create()
    await store.update(ref, { labels: { step: '2' } })
    await store.requestRefresh(ref, 'normal')
    const { version } = await read(ref)
    const events = await database().prisma.event.findMany({
      where: { name: ref.name, kind: 'Application' },
      orderBy: { version: 'asc' },
    })
    expect(events.map((event) => event.type)).toEqual(['ADDED', 'MODIFIED', 'MODIFIED'])
    expect(Number(events.at(-1)?.version)).toBe(version)
  })
})
