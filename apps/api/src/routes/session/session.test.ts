import { afterAll, beforeAll, expect, it } from 'vitest'
import { adminPassword, createTestApp, type TestApp } from '../../testing/test-app.ts'

let test: TestApp
let now = new Date('2026-01-05T10:00:00.000Z')
const clock = {
  now: () => now,
  after: (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}
beforeAll(async () => {
  test = await createTestApp({ clock })
})
afterAll(() => test[Symbol.asyncDispose]())

const cookieOf = (answer: { headers: Record<string, unknown> }): string => String(answer.headers['set-cookie'])
const later = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1000)
}

it('a login answers a token and sets a cookie that scripts cannot read', async () => {
  const answer = await test.login()
  expect(answer.statusCode).toBe(200)
  expect(cookieOf(answer)).toMatch(/^argocd\.token=.+; Path=\/; Expires=.+; HttpOnly; SameSite=Lax$/)
  const { token } = answer.json<{ token: string }>()
  expect((await test.request('GET', '/api/v1/session/userinfo', { token })).json()).toEqual({
    loggedIn: true,
    username: 'admin',
    iss: 'argocd',
    groups: [],
  })
})

it('every login is a session of its own', async () => {
  const [a, b] = [
    (await test.login()).json<{ token: string }>().token,
    (await test.login()).json<{ token: string }>().token,
  ]
  expect(a).not.toBe(b)
  await test.request('DELETE', '/api/v1/session', { token: a })
  expect((await test.request('GET', '/api/v1/clusters', { token: a })).statusCode).toBe(401)
  expect((await test.request('GET', '/api/v1/clusters', { token: b })).statusCode).toBe(200)
})

it('an unknown user and a wrong password get the same answer', async () => {
  const wrong = await test.login('admin', 'wrong')
  const unknown = await test.login('nobody', 'wrong')
  expect(wrong.statusCode).toBe(401)
  expect(wrong.json()).toMatchObject({ error: 'Invalid username or password', code: 16 })
  expect(unknown.statusCode).toBe(wrong.statusCode)
  expect(unknown.body).toBe(wrong.body)
  await test.login()
})

it('five wrong passwords shut an account for five minutes, also for the right password, and other names do not reset that', async () => {
  for (let attempt = 0; attempt < 5; attempt++) await test.login('admin', 'wrong')
  expect((await test.login('admin', adminPassword)).json()).toMatchObject({ error: 'Invalid username or password' })
  for (let other = 0; other < 5; other++) await test.login(`name-${other}`, 'x')
  expect((await test.login()).statusCode).toBe(401)
  later(301)
  expect((await test.login()).statusCode).toBe(200)
})

it('a burst of wrong passwords counts every one', async () => {
  await Promise.all(Array.from({ length: 6 }, () => test.login('admin', 'wrong')))
  expect((await test.login()).statusCode).toBe(401)
  later(301)
  expect((await test.login()).statusCode).toBe(200)
})

it('one address may try a limited number of times a minute', async () => {
  await using limited = await createTestApp({ loginsPerMinute: 3 })
  const statuses: number[] = []
  for (let attempt = 0; attempt < 4; attempt++) statuses.push((await limited.login('nobody', 'x')).statusCode)
  expect(statuses.at(-1)).toBe(429)
  expect((await limited.login()).json()).toMatchObject({ code: 8, error: expect.any(String) })
})

it('a token is refused after it expired', async () => {
  const { token } = (await test.login()).json<{ token: string }>()
  later(86_401)
  expect((await test.request('GET', '/api/v1/clusters', { token })).statusCode).toBe(401)
})

it('a disabled account is out at its next request', async () => {
  const { token } = (await test.login()).json<{ token: string }>()
  await test.accounts.setEnabled('admin', false)
  expect((await test.request('GET', '/api/v1/clusters', { token })).statusCode).toBe(401)
  expect((await test.login()).statusCode).toBe(401)
  await test.accounts.setEnabled('admin', true)
  later(301)
})

it('a changed password ends the other sessions, not the one that changed it', async () => {
  const [mine, other] = [
    (await test.login()).json<{ token: string }>().token,
    (await test.login()).json<{ token: string }>().token,
  ]
  const change = (currentPassword: string, newPassword: string) =>
    test.request('PUT', '/api/v1/account/password', { token: mine, body: { currentPassword, newPassword } })
  expect((await change('wrong', 'a new password')).statusCode).toBe(400)
  expect((await change(adminPassword, 'short')).json()).toMatchObject({
    error: expect.stringContaining('does not match'),
  })
  expect((await change(adminPassword, 'a new password')).statusCode).toBe(200)
  expect((await test.request('GET', '/api/v1/clusters', { token: mine })).statusCode).toBe(200)
  expect((await test.request('GET', '/api/v1/clusters', { token: other })).statusCode).toBe(401)
  expect((await test.login('admin', adminPassword)).statusCode).toBe(401)
  await test.login('admin', 'a new password')
  await change('a new password', adminPassword)
})

it('a cookie works for reading from anywhere, for writing only from our own pages', async () => {
  const cookie = cookieOf(await test.login()).split(';')[0] ?? ''
  const send = (method: 'GET' | 'POST', headers: Record<string, string>) =>
    test.request(method, '/api/v1/repositories', {
      token: undefined,
      headers: { cookie, host: 'driftless.example.com', ...headers },
      ...(method === 'POST' ? { body: { repo: 'https://git.example.com/missing' } } : {}),
    })
  expect((await send('GET', { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(200)
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example.com' },
  ]
  for (const headers of foreign) {
    expect((await send('POST', headers)).statusCode).toBe(403)
  }
  const own: Record<string, string>[] = [
    { 'sec-fetch-site': 'same-origin' },
    { origin: 'https://driftless.example.com' },
    {},
  ]
  for (const headers of own) {
    expect((await send('POST', headers)).statusCode).toBe(400)
  }
})

it('a stale cookie does not keep anybody from logging in', async () => {
  const answer = await test.app.inject({
    method: 'POST',
    url: '/api/v1/session',
    headers: { cookie: 'argocd.token=stale' },
    payload: { username: 'admin', password: adminPassword },
  })
  expect(answer.statusCode).toBe(200)
})

it('can-i answers by the policy', async () => {
  const { token } = (await test.login()).json<{ token: string }>()
  expect((await test.request('GET', '/api/v1/account/can-i/applications/sync/default/web', { token })).json()).toEqual({
    value: 'yes',
  })
})
