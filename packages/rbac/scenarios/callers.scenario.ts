import { describe, expect, it } from 'vitest'
import {
  type AccessProject,
  createEnforcer,
  difference,
  identityOf,
  projectPolicy,
  subjectOf,
  validateProjectRoles,
} from '../src/index.ts'

const get = { resource: 'applications', action: 'get', object: 'team/web' }

const team: AccessProject = {
  name: 'team',
  roles: [
    {
      name: 'ci',
      policies: [
        'p, proj:team:ci, applications, sync, team/*, allow',
        'p, proj:team:ci, applications, get, team/*, allow',
      ],
      groups: ['my-org:my-team', '"cn=a, ou=b"'],
    },
  ],
}
const other: AccessProject = { name: 'other', roles: [] }

describe('identities', () => {
  it('[I1] the user id of the federated claims comes before sub', () => {
    expect(subjectOf({ sub: 'opaque', federated_claims: { user_id: 'ann' } })).toBe('ann')
    expect(subjectOf({ sub: 'opaque', federated_claims: { user_id: '' } })).toBe('opaque')
    expect(subjectOf({ sub: 7 })).toBe('')
    expect(subjectOf({})).toBe('')
  })

  it('[I2] groups are texts and lists of texts in the configured claims', () => {
    const claims = { sub: 'x', groups: ['a', 1, 'b'], email: 'x@y.org', 'cognito:groups': ['c'] }
    expect(identityOf(claims, ['groups']).groups).toEqual(['a', 'b'])
    expect(identityOf(claims, ['cognito:groups', 'email', 'none']).groups).toEqual(['c', 'x@y.org'])
    const enforcer = createEnforcer({ user: 'g, x@y.org, role:admin', scopes: ['email'] })
    expect(enforcer.enforce(claims, get)).toBe(true)
    expect(createEnforcer({ user: 'g, x@y.org, role:admin' }).enforce(claims, get)).toBe(false)
  })

  it('[I3] the capability of a local token is cut', () => {
    expect(subjectOf({ iss: 'argocd', sub: 'admin:login' })).toBe('admin')
    expect(subjectOf({ iss: 'argocd', sub: 'ci:apiKey' })).toBe('ci')
    expect(subjectOf({ iss: 'https://sso', sub: 'admin:login' })).toBe('admin:login')
    expect(subjectOf({ iss: 'argocd', sub: 'proj:team:login' })).toBe('proj:team:login')
  })

  it('claims that look like an identity are still claims', () => {
    const forged = { subject: 'admin', groups: ['x'], isClaims: false }
    expect(createEnforcer({}).enforce(forged, get)).toBe(false)
  })
})

describe('projects', () => {
  const enforcer = createEnforcer({
    user: 'p, proj:team:ci, applications, get, other/*, allow\np, role:outer, applications, get, other/*, allow\ng, ops, role:outer',
    projects: [team, other],
  })
  const token = { sub: 'proj:team:ci', groups: ['ops'] }

  it('[J1] a role may get its project, its groups have it, and only there', () => {
    expect(projectPolicy(team).rules[0]?.text).toBe('p, proj:team:ci, projects, get, team, allow')
    const member = { sub: 'x', groups: ['my-org:my-team'] }
    expect(enforcer.enforce(member, { ...get, action: 'sync' })).toBe(true)
    expect(enforcer.enforce({ sub: 'x', groups: ['cn=a, ou=b'] }, { ...get, action: 'sync' })).toBe(true)
    expect(enforcer.enforce(member, { resource: 'projects', action: 'get', object: 'team' })).toBe(true)
    expect(enforcer.enforce(member, { resource: 'projects', action: 'get', object: 'other' })).toBe(false)
    expect(enforcer.enforce(member, { ...get, object: 'other/web' })).toBe(false)
    expect(enforcer.explain(member, get).rule).toMatchObject({ source: 'project team role ci', line: 2 })
  })

  it('[J2] roles count for every resource whose objects begin with the project', () => {
    const policies = ['applicationsets', 'logs', 'exec', 'clusters', 'repositories', 'write-repositories'].map(
      (resource) => `p, proj:p:r, ${resource}, *, p/*, allow`,
    )
    const own = createEnforcer({ builtIn: '', projects: [{ name: 'p', roles: [{ name: 'r', policies, groups: [] }] }] })
    const allowed = (resource: string) =>
      own.enforce({ sub: 'proj:p:r' }, { resource, action: 'get', object: 'p/https://x/y' })
    for (const resource of ['applicationsets', 'logs', 'exec', 'clusters', 'repositories'])
      expect(allowed(resource)).toBe(true)
    expect(allowed('write-repositories')).toBe(false)
  })

  it('[J3] a token has nothing in another project, and its groups do not count in its own', () => {
    expect(enforcer.enforce(token, { ...get, action: 'sync' })).toBe(true)
    expect(enforcer.enforce(token, { ...get, object: 'other/web' })).toBe(false)
    expect(enforcer.enforce(token, { resource: 'clusters', action: 'get', object: 'https://x' })).toBe(false)
    expect(enforcer.enforce({ sub: 'x', groups: ['ops'] }, { ...get, object: 'other/web' })).toBe(true)
    const open = createEnforcer({ projects: [team, other], defaultRole: 'role:readonly' })
    expect(open.enforce(token, { ...get, object: 'other/web' })).toBe(true)
  })

  it('[J4] a project with a line that cannot be read adds nothing', () => {
    const broken = { name: 'team', roles: [...team.roles, { name: 'x', policies: ['this is bad'], groups: [] }] }
    const injecting = { name: 'team', roles: [{ name: 'x', policies: [], groups: ['a, role:admin\ng, mallory'] }] }
    for (const project of [broken, injecting]) {
      const lame = createEnforcer({ projects: [project] })
      expect(lame.problems).not.toEqual([])
      expect(lame.enforce(token, get)).toBe(false)
      expect(lame.enforce('mallory', get)).toBe(false)
      expect(lame.enforce('admin', get)).toBe(true)
    }
  })

  it('[J5] roles that may not be saved say why', () => {
    expect(validateProjectRoles(team)).toEqual([])
    const role = (name: string, policies: string[], groups: string[] = []) => ({ name, policies, groups })
    const wrong = [
      role('-x', []),
      role('a', ['p, proj:team:b, applications, get, team/*, allow']),
      role('a', ['p, proj:team:a, accounts, get, team/*, allow'], ['x, y', 'a\nb']),
      role('c', [
        'p, proj:team:c, applications, fly, team/*, allow',
        'p, proj:team:c, applications, get, other/*, allow',
      ]),
      role('d', ['g, proj:team:d, role:admin', 'p, proj:team:d, applications, get, team/*, maybe'], ['x', 'x']),
    ]
    const problems = validateProjectRoles({ name: 'team', roles: wrong })
    expect(problems).toHaveLength(11)
    expect(problems[0]).toBe('there are two roles "a"')
  })
})

it('[X2] a difference lists who gains and who loses what', () => {
  const before = createEnforcer({ user: 'p, ann, applications, sync, team/*, allow\np, bob, logs, get, team/*, allow' })
  const after = createEnforcer({ user: 'p, ann, applications, get, team/*, allow\np, bob, logs, get, */*, allow' })
  const objects = ['applications', 'logs'].map((resource) => ({ resource, object: 'team/web' }))
  const changes = difference(before, after, { subjects: ['ann', 'bob', 'admin'], objects })
  expect(changes.map(({ subject, change, action, resource }) => `${subject} ${change} ${action} ${resource}`)).toEqual([
    'ann gained get applications',
    'ann lost sync applications',
  ])
  expect(changes[1]).toMatchObject({
    before: { rule: { line: 1 } },
    after: { missing: 'You need the permission to sync applications "team/web"' },
  })
  expect(difference(after, after, { subjects: ['ann'], objects })).toEqual([])
})

it('[L1] project roles and denials count in project sets', () => {
  const enforcer = createEnforcer({
    user: 'p, x, applications, get, a*/*, allow\np, x, applications, get, ab/secret, deny\np, x, applications, get, ac/*, deny\np, x, applications, get, d/one, allow\ng, x, proj:team:ci',
    projects: [team],
  })
  const projects = ['a', 'ab', 'ac', 'd', 'e', 'team']
  expect(enforcer.projectAccess('x', { resource: 'applications', action: 'get' }, projects)).toEqual({
    everywhere: false,
    all: ['a', 'team'],
    some: ['ab', 'd'],
  })
  expect(enforcer.projectAccess('admin', { resource: 'applications', action: 'get' }, projects)).toMatchObject({
    everywhere: true,
    some: [],
  })
})

it('permits answers as enforce does, with projects and without', () => {
  const enforcer = createEnforcer({
    user: 'p, x, applications, get, a/*, allow\ng, x, proj:team:ci',
    projects: [team, other],
  })
  const permits = enforcer.permits('x', 'applications', 'get')
  const objects = ['a/b', 'team/web', 'other/web', 'b/c', 'team', '', 'x'.repeat(9_000)]
  expect(objects.map(permits)).toEqual(objects.map((object) => enforcer.enforce('x', { ...get, object })))
  expect(objects.filter(permits)).toEqual(['a/b', 'team/web'])
})
