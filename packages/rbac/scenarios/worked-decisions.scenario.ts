import { expect, it } from 'vitest'
import { type AccessPolicy, type Caller, createEnforcer, decideRequirement, requirementOf } from '../src/index.ts'

interface Case {
  readonly rule: string
  readonly policy: AccessPolicy
  readonly caller: Caller
  readonly asks: readonly (readonly [resource: string, action: string, object: string, allowed: boolean])[]
}

const sync = 'p, alice, applications, sync, team/*, allow'
const actions =
  'p, alice, applications, action/*, */*, allow\np, alice, applications, action/argoproj.io/Rollout/abort, */*, deny'

const cases: readonly Case[] = [
  {
    rule: '[M1] a star also spans slashes',
    policy: { user: sync },
    caller: 'alice',
    asks: [
      ['applications', 'sync', 'team/web', true],
      ['applications', 'sync', 'team/ns1/web', true],
    ],
  },
  {
    rule: '[E9] actions do not imply each other',
    policy: { user: sync },
    caller: 'alice',
    asks: [['applications', 'get', 'team/web', false]],
  },
  {
    rule: '[F1] a path with an empty core group matches a star',
    policy: { user: 'p, alice, applications, delete/*/Pod/*/*, team/*, allow' },
    caller: 'alice',
    asks: [
      ['applications', 'delete//Pod/ns/p-1', 'team/web', true],
      ['applications', 'delete', 'team/web', false],
    ],
  },
  {
    rule: '[E1] a denial wins inside one subject',
    policy: { user: actions },
    caller: 'alice',
    asks: [
      ['applications', 'action/argoproj.io/Rollout/abort', 'a/b', false],
      ['applications', 'action/argoproj.io/Rollout/resume', 'a/b', true],
    ],
  },
  {
    rule: '[E2] the default role is evaluated alone and first',
    policy: { user: 'p, bob, applications, get, secret/*, deny', defaultRole: 'role:readonly' },
    caller: 'bob',
    asks: [['applications', 'get', 'secret/x', true]],
  },
  {
    rule: '[E3] a denial of the user does not bind a group',
    policy: { user: 'p, carol, applications, get, */*, deny\ng, ops, role:readonly' },
    caller: { sub: 'carol', groups: ['ops'] },
    asks: [['applications', 'get', 'a/b', true]],
  },
  {
    rule: '[E4] a group without a g line is not tried',
    policy: { user: 'p, devs, applications, get, */*, allow' },
    caller: { sub: 'x', groups: ['devs'] },
    asks: [['applications', 'get', 'a/b', false]],
  },
  {
    rule: '[E6] roles are transitive',
    policy: { user: 'g, eve, r\ng, r, role:readonly' },
    caller: 'eve',
    asks: [
      ['applications', 'get', 'a/b', true],
      ['clusters', 'get', 'https://x', true],
      ['applications', 'sync', 'a/b', false],
    ],
  },
  {
    rule: '[M1] the object of a scoped cluster carries its project',
    policy: { user: 'p, x, clusters, get, https://kubernetes.default.svc, allow' },
    caller: 'x',
    asks: [
      ['clusters', 'get', 'https://kubernetes.default.svc', true],
      ['clusters', 'get', 'team/https://kubernetes.default.svc', false],
    ],
  },
  {
    rule: '[M1] */* needs a slash, * does not',
    policy: { user: 'p, x, applications, get, *, allow\np, y, applications, get, */*, allow' },
    caller: 'x',
    asks: [
      ['applications', 'get', 'team/web', true],
      ['applications', 'get', 'web', true],
    ],
  },
  {
    rule: '[M2] regular expressions match anywhere',
    policy: { user: 'p, x, applications, get, ^team/w.b$, allow', matchMode: 'regex' },
    caller: 'x',
    asks: [
      ['applications', 'target', 'team/web', true],
      ['applications', 'get', 'team/web', true],
      ['applications', 'get', 'team/web2', false],
      ['applications', 'get', 'team/web\n', false],
    ],
  },
  {
    rule: '[M3] an unknown match mode is glob',
    policy: { user: 'p, x, applications, get, team/*, allow', matchMode: 'pcre' },
    caller: 'x',
    asks: [
      ['applications', 'get', 'team/web', true],
      ['applications', 'target', 'team/web', false],
    ],
  },
  {
    rule: '[M4] a glob that cannot be read matches nothing, so its denial denies nothing',
    policy: { user: 'p, x, applications, get, [, deny\np, x, applications, get, a/*, allow' },
    caller: 'x',
    asks: [
      ['applications', 'get', '[', false],
      ['applications', 'get', 'a/b', true],
    ],
  },
  {
    rule: '[M4] a regular expression that cannot be read refuses what reaches it',
    policy: {
      user: 'p, x, applications, get, (, allow\np, x, applications, .*, .*, allow\np, x, logs, get, .*, allow',
      matchMode: 'regex',
    },
    caller: 'x',
    asks: [
      ['applications', 'get', 'a/b', false],
      ['applications', 'sync', 'a/b', true],
      ['logs', 'get', 'a/b', true],
    ],
  },
  {
    rule: '[E5] everybody has what the empty subject has',
    policy: { user: 'p, , applications, get, open/*, allow' },
    caller: { sub: 'x' },
    asks: [
      ['applications', 'get', 'open/web', true],
      ['applications', 'get', 'team/web', false],
    ],
  },
  {
    rule: '[E5] an anonymous caller has the default role',
    policy: { defaultRole: 'role:readonly' },
    caller: {},
    asks: [
      ['applications', 'get', 'a/b', true],
      ['applications', 'sync', 'a/b', false],
    ],
  },
  {
    rule: '[E7] another effect decides nothing',
    policy: { user: 'p, x, applications, get, */*, ALLOW' },
    caller: 'x',
    asks: [['applications', 'get', 'a/b', false]],
  },
  {
    rule: '[E8] switched off, everything is allowed',
    policy: { enabled: false },
    caller: 'nobody',
    asks: [['clusters', 'delete', 'x', true]],
  },
  {
    rule: '[P8] admin administers, readonly reads, neither invokes extensions',
    policy: {},
    caller: 'admin',
    asks: [
      ['applications', 'get', 'a/b', true],
      ['applications', 'update/apps/Deployment/n/x', 'a/b', true],
      ['applications', 'action//Pod/x', 'a/b', true],
      ['exec', 'create', 'a/b', true],
      ['gpgkeys', 'create', 'x', true],
      ['accounts', 'update', 'bob', true],
      ['extensions', 'invoke', 'x', false],
    ],
  },
  {
    rule: '[P8] readonly changes nothing',
    policy: {},
    caller: 'role:readonly',
    asks: [
      ['repositories', 'get', 'https://x/y.git', true],
      ['applications', 'update', 'a/b', false],
      ['exec', 'create', 'a/b', false],
    ],
  },
]

it.each(cases)('$rule', ({ policy, caller, asks }) => {
  const enforcer = createEnforcer(policy)
  for (const [resource, action, object, allowed] of asks) {
    const request = { resource, action, object }
    expect({ ...request, allowed: enforcer.enforce(caller, request) }).toEqual({ ...request, allowed })
    expect(enforcer.explain(caller, request).allowed).toBe(allowed)
  }
})

const path = { group: 'apps', kind: 'Deployment', namespace: 'ns', name: 'web' }

it('[F1] a plain update reaches one object only when inheritance is switched on', () => {
  const enforcer = createEnforcer({ user: 'p, alice, applications, update, team/*, allow' })
  const ask = (fineGrainedInheritance: boolean) =>
    decideRequirement(
      enforcer,
      'alice',
      requirementOf({ feature: 'change-object', path }, 'team/web', { fineGrainedInheritance }),
    )
  expect(ask(false)).toMatchObject({
    allowed: false,
    missing: 'You need the permission to update/apps/Deployment/ns/web applications "team/web"',
  })
  expect(ask(true)).toMatchObject({ allowed: true, rule: { line: 1 } })
})

it('[F2] logs, exec and extensions need to get the application too', () => {
  const enforcer = createEnforcer({
    user: 'p, eve, logs, get, team/*, allow\np, eve, exec, create, team/*, allow\np, eve, extensions, invoke, m, allow',
  })
  for (const feature of [{ feature: 'logs' }, { feature: 'exec' }, { feature: 'extension', extension: 'm' }] as const)
    expect(decideRequirement(enforcer, 'eve', requirementOf(feature, 'team/web'))).toMatchObject({
      allowed: false,
      missing: 'You need the permission to get applications "team/web"',
    })
})

it('[F2] sync, rollback and terminate ask for what the settings say', () => {
  const actionsOf = (...args: Parameters<typeof requirementOf>) =>
    requirementOf(...args).map((group) => group.map(({ action }) => action))
  expect(actionsOf({ feature: 'terminate' }, 'a/b')).toEqual([['sync']])
  expect(actionsOf({ feature: 'rollback' }, 'a/b')).toEqual([['sync']])
  expect(actionsOf({ feature: 'rollback' }, 'a/b', { rollbackAction: true })).toEqual([['rollback']])
  expect(actionsOf({ feature: 'sync', localManifests: true }, 'a/b')).toEqual([['sync'], ['override']])
  expect(actionsOf({ feature: 'sync', otherRevision: true }, 'a/b')).toEqual([['sync']])
  expect(actionsOf({ feature: 'sync', otherRevision: true }, 'a/b', { overrideForRevision: true })).toEqual([
    ['sync'],
    ['override'],
  ])
  expect(actionsOf({ feature: 'run-action', path: { group: '', kind: 'Pod' }, action: 'x' }, 'a/b')).toEqual([
    ['action//Pod/x'],
  ])
})

it('[F3] moving asks at both ends', () => {
  expect(
    requirementOf({ feature: 'move', to: 'new/x' }, 'old/x')
      .flat()
      .map(({ action, object }) => `${action} ${object}`),
  ).toEqual(['create new/x', 'update new/x', 'update old/x'])
})
