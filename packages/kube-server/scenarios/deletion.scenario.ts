import type { KubeObject } from '@driftless/kube-objects'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from './support/server.ts'

const maps = '/api/v1/namespaces/default/configmaps'
const merge = 'application/merge-patch+json'

describe('deletion', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const create = (name: string, metadata: object = {}): KubeObject =>
    server.api.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', ...metadata } })
  const get = (name: string) => server.api.get({ group: '', kind: 'ConfigMap', namespace: 'default', name })
  const remove = (name: string, body?: object) => server.request(`${maps}/${name}`, { method: 'DELETE', body })
  const gone = (name: string) => settles(() => get(name) === undefined)

  it('[D1] what nothing keeps is removed', async () => {
    const { metadata } = create('d1')
    const { code, json } = await remove('d1')
    expect(code).toBe(200)
    expect(json).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'd1', kind: 'configmaps', uid: metadata.uid },
    })
    expect((await remove('d1')).code).toBe(404)
  })

  it('[D2] finalizers keep an object until the last is gone', async () => {
    create('d2', { finalizers: ['fix.dev/a', 'fix.dev/b'] })
    const { json } = await remove('d2')
    expect(json.metadata).toMatchObject({ deletionTimestamp: expect.any(String), deletionGracePeriodSeconds: 0 })
    await server.request(`${maps}/d2`, {
      method: 'PATCH',
      type: merge,
      body: { metadata: { finalizers: ['fix.dev/b'] } },
    })
    expect(get('d2')).toBeDefined()
    await server.request(`${maps}/d2`, { method: 'PATCH', type: merge, body: { metadata: { finalizers: null } } })
    expect(get('d2')).toBeUndefined()
  })

  it('[D2] a grace period keeps a pod until it is deleted with 0', async () => {
    const pods = '/api/v1/namespaces/default/pods'
    await server.request(pods, {
      method: 'POST',
      body: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'd2' },
        spec: { containers: [{ name: 'c', image: 'i' }] },
      },
    })
    const first = await server.request(`${pods}/d2`, { method: 'DELETE' })
    expect(first.json).toMatchObject({ kind: 'Pod', metadata: { deletionGracePeriodSeconds: 30 } })
    const shorter = await server.request(`${pods}/d2?gracePeriodSeconds=5`, { method: 'DELETE' })
    expect(shorter.json.metadata.deletionGracePeriodSeconds).toBe(5)
    const longer = await server.request(`${pods}/d2?gracePeriodSeconds=50`, { method: 'DELETE' })
    expect(longer.json.metadata.deletionGracePeriodSeconds).toBe(5)
    await server.request(`${pods}/d2`, {
      method: 'DELETE',
      body: { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: 0 },
    })
    expect((await server.request(`${pods}/d2`)).code).toBe(404)
  })

  it('[D3] an object that is being deleted takes no new finalizer', async () => {
    create('d3', { finalizers: ['fix.dev/a'] })
    await remove('d3')
    const { code, json } = await server.request(`${maps}/d3`, {
      method: 'PATCH',
      type: merge,
      body: { metadata: { finalizers: ['fix.dev/a', 'fix.dev/c'] } },
    })
    expect(code).toBe(422)
    expect(json.message).toContain(
      'no new finalizers can be added if the object is being deleted, found new finalizers []string{"fix.dev/c"}',
    )
  })

  it('[D4] preconditions', async () => {
    const { metadata } = create('d4')
    const wrong = await remove('d4', { kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { uid: 'other' } })
    expect([wrong.code, wrong.json.reason]).toEqual([409, 'Conflict'])
    expect(wrong.json.message).toContain(
      `Operation cannot be fulfilled on ConfigMap "d4": the UID in the precondition (other) does not match the UID in record (${metadata.uid})`,
    )
    expect(
      (await remove('d4', { kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { uid: metadata.uid } })).code,
    ).toBe(200)
  })

  it('[D5] dependents go after their last owner', async () => {
    const owner = create('d5-owner')
    const other = create('d5-other')
    create('d5-one', { ownerReferences: [reference(owner)] })
    create('d5-two', { ownerReferences: [reference(owner), reference(other)] })
    await remove('d5-owner')
    await gone('d5-one')
    await settles(() => get('d5-two')?.metadata.ownerReferences?.length === 1)
    await remove('d5-other')
    await gone('d5-two')
  })

  it('[D6] in the foreground the owner goes last', async () => {
    const owner = create('d6-owner')
    create('d6-child', {
      ownerReferences: [{ ...reference(owner), blockOwnerDeletion: true }],
      finalizers: ['fix.dev/hold'],
    })
    const { json } = await remove('d6-owner', {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      propagationPolicy: 'Foreground',
    })
    expect(json.metadata.finalizers).toEqual(['foregroundDeletion'])
    await settles(() => get('d6-child')?.metadata.deletionTimestamp !== undefined)
    expect(get('d6-owner')).toBeDefined()
    await server.request(`${maps}/d6-child`, { method: 'PATCH', type: merge, body: { metadata: { finalizers: null } } })
    await gone('d6-owner')
  })

  it('[D7] orphans stay without the reference', async () => {
    const owner = create('d7-owner')
    create('d7-child', { ownerReferences: [reference(owner)] })
    await remove('d7-owner', { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Orphan' })
    await gone('d7-owner')
    expect(get('d7-child')?.metadata.ownerReferences).toBeUndefined()
  })

  it('[D8] a dependent of an owner that never was is deleted', async () => {
    const present = create('d8-present')
    const absent = { apiVersion: 'v1', kind: 'ConfigMap', name: 'absent', uid: '00000000-0000-4000-8000-000000000000' }
    create('d8-lost', { ownerReferences: [absent] })
    create('d8-kept', { ownerReferences: [absent, reference(present)] })
    create('d8-unknown', { ownerReferences: [{ ...absent, apiVersion: 'nowhere.dev/v1', kind: 'Mystery' }] })
    await gone('d8-lost')
    await settles(() => get('d8-kept')?.metadata.ownerReferences?.length === 1)
    expect(get('d8-unknown')).toBeDefined()
  })

  it('[D9] deletecollection follows its selectors', async () => {
    create('d9-a', { labels: { set: 'd9' } })
    create('d9-b', { labels: { set: 'd9' } })
    create('d9-c')
    const { json } = await server.request(`${maps}?labelSelector=set%3Dd9`, { method: 'DELETE' })
    expect(json.items).toHaveLength(2)
    expect([get('d9-a'), get('d9-b'), get('d9-c')?.metadata.name]).toEqual([undefined, undefined, 'd9-c'])
  })
})

describe('namespaces', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const createIn = (namespace: string, name: string, metadata: object = {}) =>
    server.request(`/api/v1/namespaces/${namespace}/configmaps`, {
      method: 'POST',
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...metadata } },
    })

  it('[N1] nothing is created where no namespace is', async () => {
    const { code, json } = await createIn('absent', 'x')
    expect([code, json.message]).toEqual([404, 'namespaces "absent" not found'])
  })

  it('[N1] [N2] [N3] a terminating namespace refuses, says what remains, and goes when it is empty', async () => {
    await createIn('fix', 'plain')
    await createIn('fix', 'held', { finalizers: ['fix.dev/a'] })
    const deleted = await server.request('/api/v1/namespaces/fix', { method: 'DELETE' })
    expect(deleted.json).toMatchObject({
      kind: 'Namespace',
      status: { phase: 'Terminating' },
      spec: { finalizers: ['kubernetes'] },
    })
    const refused = await createIn('fix', 'late')
    expect(refused.json).toMatchObject({
      code: 403,
      reason: 'Forbidden',
      message:
        'configmaps "late" is forbidden: unable to create new content in namespace fix because it is being terminated',
      details: {
        causes: [
          { reason: 'NamespaceTerminating', message: 'namespace fix is being terminated', field: 'metadata.namespace' },
        ],
      },
    })
    const namespace = () => server.api.get({ group: '', kind: 'Namespace', name: 'fix' })
    await settles(() => JSON.stringify(namespace()?.status).includes('fix.dev/a in 1 resource instances'))
    expect(
      server.api.list({ group: '', kind: 'ConfigMap' }, { namespace: 'fix' }).map((object) => object.metadata.name),
    ).toEqual(['held'])
    await server.request('/api/v1/namespaces/fix/configmaps/held', {
      method: 'PATCH',
      type: merge,
      body: { metadata: { finalizers: null } },
    })
    await settles(() => namespace() === undefined)
  })

  it('[N2] finalize lets a namespace go', async () => {
    const { json } = await server.request('/api/v1/namespaces', {
      method: 'POST',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'own' }, spec: { finalizers: ['fix.dev/own'] } },
    })
    expect(json.spec.finalizers).toEqual(['fix.dev/own', 'kubernetes'])
    await server.request('/api/v1/namespaces/own', { method: 'DELETE' })
    const namespace = () => server.api.get({ group: '', kind: 'Namespace', name: 'own' })
    await settles(() => JSON.stringify(namespace()?.spec) === '{"finalizers":["fix.dev/own"]}')
    await server.request('/api/v1/namespaces/own/finalize', {
      method: 'PUT',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'own' }, spec: { finalizers: [] } },
    })
    expect(namespace()).toBeUndefined()
  })
})

function reference(owner: KubeObject): object {
  return { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.metadata.name, uid: owner.metadata.uid }
}

async function settles(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 2000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('the condition did not come true')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
