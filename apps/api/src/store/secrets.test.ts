import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/databases.ts'
import { createClusterStore } from './clusters.ts'
import { createRepositoryStore } from './repositories.ts'
import { createSettingStore } from './settings.ts'
import { createVault } from './vault.ts'

const canary = 'canary-5f1d9c'

describeOnDatabases('stored credentials', ({ database }) => {
  const now = () => new Date('2026-01-05T10:00:00.000Z')
  const oldest = randomBytes(32).toString('base64')
  const vault = createVault(oldest, 'test')
  const repositories = () => createRepositoryStore({ database: database(), vault, now })
  const clusters = () => createClusterStore({ database: database(), vault, now })
  const repo = 'https://git.example.com/team/private.git'

  it('come back to reach a repository, and never to a client', async () => {
    const shown = await repositories().create(
      { repo, type: 'git', username: 'ada', password: canary, sshPrivateKey: canary },
      { upsert: false },
    )
    expect(JSON.stringify([shown, await repositories().list()])).not.toContain(canary)
    expect(shown).toMatchObject({ repo, username: 'ada', hasCredentials: true })
    const remote = await repositories().remoteOf('https://GIT.example.com/team/private', '')
    expect(remote.credentials).toMatchObject({ username: 'ada', password: canary })
  })

  it('are kept by an update that leaves them out, and replaced by one that has them', async () => {
    await repositories().update(repo, { repo, type: 'git', username: 'bob' })
    expect((await repositories().remoteOf(repo, '')).credentials).toMatchObject({ username: 'bob', password: canary })
    await repositories().update(repo, { repo, type: 'git', username: 'bob', password: 'other-secret' })
    expect((await repositories().remoteOf(repo, '')).credentials).toMatchObject({
      password: 'other-secret',
      sshPrivateKey: canary,
    })
  })

  it('of a project are not used by another project', async () => {
    const scoped = 'https://git.example.com/team/scoped.git'
    await repositories().create({ repo: scoped, type: 'git', project: 'shop', password: canary }, { upsert: false })
    expect((await repositories().remoteOf(scoped, 'shop')).credentials).toMatchObject({ password: canary })
    expect((await repositories().remoteOf(scoped, 'web')).credentials).toBeUndefined()
    expect((await repositories().remoteOf(scoped, '')).credentials).toBeUndefined()
  })

  it('refuse a repository that is connected already, unless it is an upsert', async () => {
    await expect(repositories().create({ repo, type: 'git' }, { upsert: false })).rejects.toMatchObject({
      code: 'STORE_REPOSITORY_EXISTS',
    })
    await repositories().create({ repo, type: 'git', username: 'eve' }, { upsert: true })
    expect((await repositories().remoteOf(repo, '')).credentials).toEqual({ username: 'eve' })
  })

  it('of a cluster come back to connect, with the real address', async () => {
    const server = 'https://kubernetes.default.svc'
    await clusters().registerEmbedded({
      server,
      name: 'in-cluster',
      address: 'https://127.0.0.1:6443',
      config: { bearerToken: canary },
    })
    expect(await clusters().connectionOf(server)).toMatchObject({
      address: 'https://127.0.0.1:6443',
      config: { bearerToken: canary },
    })
    expect(JSON.stringify(await clusters().present())).not.toContain(canary)
    await expect(clusters().remove(server)).rejects.toMatchObject({ code: 'STORE_CLUSTER_EMBEDDED' })
  })

  it('of an embedded cluster follow it to another port', async () => {
    const config = { bearerToken: canary }
    await clusters().registerEmbedded({
      server: 'https://127.0.0.1:7001',
      name: 'staging',
      address: 'https://127.0.0.1:7001',
      config,
    })
    await clusters().registerEmbedded({
      server: 'https://127.0.0.1:7002',
      name: 'staging',
      address: 'https://127.0.0.1:7002',
      config,
    })
    expect((await clusters().list()).filter(({ name }) => name === 'staging').map(({ server }) => server)).toEqual([
      'https://127.0.0.1:7002',
    ])
    await clusters().keepEmbedded(['https://kubernetes.default.svc'])
    expect((await clusters().list()).map(({ name }) => name)).toEqual(['in-cluster'])
  })

  it('keep the stored configuration when an update has none', async () => {
    const server = 'https://cluster.example.com'
    await clusters().create({ server: `${server}/`, name: 'far', config: { bearerToken: canary } }, { upsert: false })
    await clusters().update(server, { name: 'farther' })
    expect(await clusters().connectionOf(server)).toMatchObject({ name: 'farther', config: { bearerToken: canary } })
    await expect(
      clusters().create({ server: 'https://else.example.com', name: 'farther', config: {} }, { upsert: false }),
    ).rejects.toMatchObject({
      code: 'STORE_CLUSTER_NAME_TAKEN',
    })
  })

  it('make one signing key however many ask for it at once', async () => {
    const settings = createSettingStore({ database: database(), vault, now })
    const keys = await Promise.all(
      Array.from({ length: 5 }, (_, index) => settings.secret('key', () => `${canary}-${index}`)),
    )
    expect(new Set(keys).size).toBe(1)
    expect(await settings.get('key')).toBeUndefined()
  })

  it('are sealed again with the newest key, and the older one is not needed after that', async () => {
    const newest = randomBytes(32).toString('base64')
    const both = { database: database(), vault: createVault(`${newest}\n${oldest}`, 'test'), now }
    for (const store of [createRepositoryStore(both), createClusterStore(both), createSettingStore(both)])
      await store.reseal()
    const alone = { database: database(), vault: createVault(newest, 'test'), now }
    expect(
      (await createRepositoryStore(alone).remoteOf('https://git.example.com/team/scoped.git', 'shop')).credentials,
    ).toMatchObject({ password: canary })
    expect((await createClusterStore(alone).connectionOf('https://cluster.example.com'))?.config.bearerToken).toBe(
      canary,
    )
    expect(await createSettingStore(alone).secret('key', () => 'new')).toContain(canary)
    await expect(repositories().remoteOf('https://git.example.com/team/scoped.git', 'shop')).rejects.toMatchObject({
      code: 'STORE_KEY_MISSING',
    })
  })

  it('lie nowhere readable in the database', async () => {
    const { prisma } = database()
    const rows = [await prisma.repository.findMany(), await prisma.cluster.findMany(), await prisma.setting.findMany()]
    const text = JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))
    expect(text).not.toContain(canary)
    expect(text).not.toContain(Buffer.from(canary).toString('base64'))
  })
})
