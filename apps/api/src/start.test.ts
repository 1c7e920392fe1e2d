import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@driftless/contract'
import pino from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readEnv } from './env.ts'
import { start } from './start.ts'
import { welcome } from './welcome.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'driftless-start-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const run = (more: Record<string, string> = {}) =>
  start(
    readEnv({
      DRIFTLESS_PORT: '0',
      DRIFTLESS_DATA_DIR: directory,
      DRIFTLESS_CONSOLE: '0',
      DRIFTLESS_DEMO: '0',
      DRIFTLESS_EMBEDDED_CLUSTERS: '',
      ...more,
    }),
    pino({ level: 'silent' }),
  )
const login = async (baseUrl: string, password: string) =>
  (await createClient({ baseUrl }).call('login', { body: { username: 'admin', password } })).token

it('makes a first password, keeps it in a private file until it is changed, and finds everything again', async () => {
  const first = await run()
  const password = first.password ?? ''
  const file = join(directory, 'admin-password')
  expect(password).toMatch(/^[A-Za-z0-9]{16}$/)
  expect(readFileSync(file, 'utf8').trim()).toBe(password)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(welcome(first, { dataDirectory: directory })).toContain(password)
  const token = await login(first.url, password)
  await createClient({ baseUrl: first.url, token }).call('changePassword', {
    body: { currentPassword: password, newPassword: 'changed by me' },
  })
  expect(existsSync(file)).toBe(false)
  await first.stop()

  const second = await run()
  expect(second.password).toBeUndefined()
  await expect(login(second.url, password)).rejects.toMatchObject({ status: 401 })
  expect(await login(second.url, 'changed by me')).not.toBe('')
  const info = await createClient({ baseUrl: second.url, token }).call('getUserInfo', {})
  expect(info).toMatchObject({ loggedIn: true, username: 'admin' })
  await second.stop()
})

it('takes the first password from the environment, at the first start only', async () => {
  const first = await run({ DRIFTLESS_ADMIN_PASSWORD: 'given at first' })
  await login(first.url, 'given at first')
  await first.stop()
  const second = await run({ DRIFTLESS_ADMIN_PASSWORD: 'given later' })
  await login(second.url, 'given at first')
  await second.stop()
})

it('refuses to start twice on one data directory, and says which process has it', async () => {
  const running = await run()
  await expect(run()).rejects.toMatchObject({ code: 'STORE_LOCKED' })
  expect((await fetch(`${running.url}/healthz`)).status).toBe(200)
  await running.stop()
})

it('runs an embedded cluster under the address of its own, and finds it again', async () => {
  for (const round of [1, 2]) {
    const running = await run({ DRIFTLESS_EMBEDDED_CLUSTERS: 'in-cluster', DRIFTLESS_ADMIN_PASSWORD: 'a password' })
    expect(running.kubeconfigs).toEqual([
      { name: 'in-cluster', path: join(directory, 'clusters/in-cluster.kubeconfig') },
    ])
    const client = createClient({ baseUrl: running.url, token: await login(running.url, 'a password') })
    const { items } = await client.call('listClusters', {})
    expect(items.map(({ server, name }) => [round, server, name])).toEqual([
      [round, 'https://kubernetes.default.svc', 'in-cluster'],
    ])
    await running.stop()
  }
})

it('names every variable that is wrong', () => {
  expect(() => readEnv({ DRIFTLESS_PORT: 'http', DRIFTLESS_EMBEDDED_CLUSTERS: 'Not A Name' })).toThrow(
    /DRIFTLESS_PORT.*DRIFTLESS_EMBEDDED_CLUSTERS/s,
  )
})
