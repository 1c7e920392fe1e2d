import { expect, it } from 'vitest'
import { type CanRequest, can, rbacOperations } from '../src/index.ts'

const user =
  'p, role:user, clusters, get, *, allow\np, role:user, applications, *, team/*, allow\np, role:user, certificates, get, *, allow'
const ask = (request: Partial<CanRequest>) =>
  can({ subject: 'role:user', action: 'get', resource: 'clusters', user, ...request })

it('[C1] resources have aliases', () => {
  expect(['cluster', 'cert', 'certs', 'certificate'].map((resource) => ask({ resource }))).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(ask({ resource: 'apps', object: 'team/web' })).toBe(true)
  expect(['key', 'repo', 'proj', 'nonsense'].map((resource) => ask({ resource }))).toEqual([false, false, false, false])
})

it('[C2] no object and a star mean all', () => {
  expect([undefined, '', '*'].map((object) => ask({ ...(object === undefined ? {} : { object }) }))).toEqual([
    true,
    true,
    true,
  ])
  expect(ask({ subject: 'role:readonly', resource: 'app' })).toBe(true)
  expect(ask({ resource: 'app', object: '*' })).toBe(false)
  expect(ask({ subject: 'role:readonly', resource: 'accounts' })).toBe(true)
})

it('[C3] strict mode refuses unknown words', () => {
  const strict = (resource: string, action: string) => () => ask({ resource, action, object: 'team/web', strict: true })
  expect(strict('applications', 'action/apps/Deployment/restart')()).toBe(true)
  expect(strict('app', 'update/apps/Deployment/n/x')()).toBe(true)
  expect(strict('nonsense', 'get')).toThrow(expect.objectContaining({ code: 'RBAC_UNKNOWN_RESOURCE' }))
  for (const [resource, action] of [
    ['logs', 'create'],
    ['applications', 'fly'],
    ['logs', 'get/x'],
    ['applications', 'sync/x'],
    ['toString', 'get'],
  ] as const)
    expect(strict(resource, action)).toThrow(/is not a/)
})

it('a policy that cannot be read is an error', () => {
  expect(() => ask({ user: 'p, a' })).toThrow(expect.objectContaining({ code: 'RBAC_INVALID_POLICY' }))
})

it('batch operations answer JSON data', () => {
  const userPolicy = 'p, alice, applications, get, team/*, allow'
  const request = ['applications', 'get', 'team/web']
  const enforce = rbacOperations['rbac.enforce']
  expect(enforce({ subject: 'alice', request, userPolicy })).toMatchObject({ allowed: true, rule: userPolicy })
  expect(enforce({ subject: 'bob', request, userPolicy })).toMatchObject({
    allowed: false,
    rule: null,
    why: 'no line allows applications, get, team/web',
  })
  expect(enforce({ subject: 'admin', request })).toMatchObject({ allowed: false })
  expect(enforce({ subject: 'admin', request, builtinPolicy: true })).toMatchObject({ allowed: true })
  expect(enforce({ subject: 'x', request, enabled: false })).toMatchObject({ allowed: true })
  expect(enforce({ subject: 'x', request, runtimePolicy: 'p, x, applications, get, team/*, allow' })).toMatchObject({
    allowed: true,
  })
  expect(
    enforce({ request, userPolicy: 'p, role:d, applications, get, */*, allow', defaultRole: 'role:d' }),
  ).toMatchObject({ allowed: true })
  const role = { name: 'r', policies: ['p, proj:team:r, applications, get, team/*, allow'], groups: ['devs'] }
  const projects = [
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'team' },
      spec: { roles: [role, { name: 'empty' }] },
    },
  ]
  expect(enforce({ claims: { sub: 'x', teams: ['devs'] }, scopes: ['teams'], projects, request })).toMatchObject({
    allowed: true,
  })
  expect(enforce({ claims: { sub: 'x', teams: ['devs'] }, projects, request })).toMatchObject({ allowed: false })
  expect(() => enforce({ subject: 'x', request: ['a'] })).toThrow(
    expect.objectContaining({ code: 'RBAC_INVALID_REQUEST' }),
  )
  expect(
    rbacOperations['rbac.can']({ subject: 'alice', action: 'get', resource: 'app', object: 'team/web', userPolicy }),
  ).toEqual({ allowed: true })
  expect(rbacOperations['rbac.validate']({ policy: 'p, a\ng, a, role:none' })).toEqual({
    problems: [{ line: 1, message: expect.stringContaining('6 fields') }],
  })
  expect(rbacOperations['rbac.merge']({ configMap: { 'policy.csv': 'a', 'policy.x.csv': 'b' } })).toBe('a\nb')
})
