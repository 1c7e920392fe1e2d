import { type Route, routes } from '@driftless/contract'
import { afterAll, describe, expect, it } from 'vitest'
import { exampleApplication } from '../testing/example-application.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'

const table = Object.entries<Route>(routes)
const closed = table.filter(([, route]) => route.access.kind !== 'public')
/** The stream of applications stays open and silent for a caller who may see none; its own test shows that. */
const guarded = table.filter(([name, route]) => route.access.kind === 'permission' && name !== 'watchApplications')
/** Parameters without which a route answers 400 before it asks the policy. */
const requiredQuery: Record<string, string> = { '/api/v1/applications/:name/resource': '?kind=Pod&resourceName=web' }

describe.each(closed)('%s', (_name, route) => {
  it('answers 401 without a token, with nonsense for one, and with an unsigned one', async () => {
    const test = await shared()
    const unsigned = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbjpsb2dpbiJ9.'
    for (const token of [undefined, 'nonsense', unsigned]) {
      const answer = await test.request(route.method, urlOf(route), { body: bodyOf(route), token })
      expect(answer.statusCode).toBe(401)
      expect(answer.json()).toMatchObject({ code: 16, error: expect.any(String) })
    }
  })
})

describe.each(guarded)('%s', (_name, route) => {
  it('shows and does nothing for a caller whom the policy allows nothing', async () => {
    const test = await shared()
    const answer = await test.request(route.method, urlOf(route), { body: bodyOf(route) })
    if (answer.statusCode !== 200) expect(answer.statusCode).toBe(403)
    else if (route.path.endsWith('search')) expect(answer.json()).toMatchObject({ rows: [], all: 0 })
    else expect(answer.json()).toMatchObject({ items: [] })
    expect(test.applications.calls).toEqual([])
  })
})

it('every permission route names a resource and an action', () => {
  for (const [, { access }] of guarded) expect(Object.values(access)).not.toContain('')
})

let app: Promise<TestApp> | undefined
/** A server with one of everything, whose policy allows nothing. */
function shared(): Promise<TestApp> {
  app ??= createTestApp({ authorizer: { allows: () => false } }).then(async (test) => {
    await test.parts.applicationStore.create(exampleApplication('some-name'))
    await test.parts.repositories.create({ repo: 'some-repo', type: 'helm' }, { upsert: true })
    await test.parts.clusters.create({ server: 'some-id', name: 'some-id', config: {} }, { upsert: true })
    return test
  })
  return app
}
afterAll(async () => (await app)?.[Symbol.asyncDispose]())

/** A URL of the route with something in place of every parameter. */
function urlOf(route: Route): string {
  const path = route.path.replace(/:(\w+)/g, 'some-$1').replace('*', 'default/web')
  return `${path}${requiredQuery[route.path] ?? ''}`
}

/** A body that passes the schema of a route, or nothing. */
function bodyOf(route: Route): object | undefined {
  const { body } = route
  if (body === undefined) return undefined
  const application = { metadata: { name: 'some-name' }, spec: exampleApplication('x').spec }
  const candidates: object[] = [
    {},
    application,
    application.spec,
    { patch: '[]' },
    { id: 0 },
    { username: 'a', password: 'b' },
    { currentPassword: 'a', newPassword: 'b' },
    { repo: 'https://git.example.com/x' },
    { server: 'https://cluster.example.com' },
  ]
  const fitting = candidates.find((candidate) => body.safeParse(candidate).success)
  if (fitting === undefined) throw new Error(`no example body fits ${route.method} ${route.path}`)
  return fitting
}
