import { describe, expect, it } from 'vitest'
import { composePolicy, createEnforcer, parsePolicy, readAccessSettings, validatePolicy } from '../src/index.ts'

const get = { resource: 'applications', action: 'get', object: 'team/web' }

describe('parsing', () => {
  it('[P1] blank lines, comments and blanks before fields do not count', () => {
    const { rules, links, problems } = parsePolicy(
      '\n# a comment\n  p,  alice,\tapplications, get, team/*, allow \r\n\n\tg, alice, role:x',
    )
    expect(problems).toEqual([])
    expect(rules).toMatchObject([
      { subject: 'alice', resource: 'applications', action: 'get', object: 'team/*', effect: 'allow', line: 3 },
    ])
    expect(links).toMatchObject([{ member: 'alice', role: 'role:x', line: 5 }])
  })

  it('[P2] every line that cannot be read is told with its line and reason', () => {
    const { problems } = parsePolicy(
      'p, a, b, c, d\ng, a\nthis, is, not, good\np, a, b, c, d, allow, x\n"p, a\ng, a"b, c\ng, "a"b, c',
    )
    expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '1 a p line has 6 fields (p, subject, resource, action, object, effect), this one has 5',
      '2 a g line has 3 fields (g, member, role), this one has 2',
      '3 a line begins with p or g, not with "this"',
      '4 a p line has 6 fields (p, subject, resource, action, object, effect), this one has 7',
      '5 a quoted field has no end',
      '6 a quote stands inside a field that is not quoted',
      '7 a quoted field is followed by other text',
    ])
  })

  it('[P3] quoted fields hold commas and quotes', () => {
    const { links } = parsePolicy('g, "cn=a, ou=""b""", role:admin')
    expect(links).toMatchObject([{ member: 'cn=a, ou="b"', role: 'role:admin' }])
    expect(
      createEnforcer({ user: 'g, "cn=a, ou=b", role:readonly' }).enforce({ sub: 'x', groups: ['cn=a, ou=b'] }, get),
    ).toBe(true)
  })

  it('[P6] a user policy that cannot be read is refused, a runtime policy is left out', () => {
    expect(() => createEnforcer({ user: 'p, a' })).toThrow('policy.csv line 1: a p line has 6 fields')
    expect(() => createEnforcer({ user: [{ source: 'policy.x.csv', text: '\nq, a' }] })).toThrow('policy.x.csv line 2')
    const enforcer = createEnforcer({ runtime: 'p, alice, applications, get, *, allow\nthis, is, bad' })
    expect(enforcer.enforce('alice', get)).toBe(false)
    expect(enforcer.enforce('admin', get)).toBe(true)
    expect(enforcer.problems).toMatchObject([{ source: 'runtime policy', line: 2 }])
  })

  it('[P7] warnings tell what probably was not meant', () => {
    const policy = [
      'p, a, apps, get, *, allow',
      'p, a, logs, create, */*, allow',
      'p, a, applications, get, web, permit',
      'p, a, applications, get, [, allow',
      'g, a, role:none',
      'g, a, role:admin',
      'g, b, a',
    ]
    const { problems, warnings } = validatePolicy(policy.join('\n'))
    expect(problems).toEqual([])
    expect(warnings.map(({ line, message }) => `${line} ${message.split(':')[0]}`)).toEqual([
      '1 no resource is called "apps"; applications may be meant',
      '2 logs have no action "create"; known are get',
      '3 the effect "permit" is neither allow nor deny, so the line does nothing',
      '3 objects of applications are <project>/<application> or <project>/<namespace>/<application>, which "web" never matches',
      '4 the object can never match',
      '5 no line gives a permission to the role "role',
    ])
  })
})

describe('argocd-rbac-cm', () => {
  it('[P4] policy.csv comes first, then the others in the order of their keys', () => {
    const data = {
      'policy.b.csv': 'B',
      'policy.csv': 'M',
      'policy.a.csv': 'A',
      'policy.default': 'x',
      policy: 'y',
      'my.csv': 'z',
    }
    expect(composePolicy(data)).toBe('M\nA\nB')
    expect(readAccessSettings(data).parts.map(({ source }) => source)).toEqual([
      'policy.csv',
      'policy.a.csv',
      'policy.b.csv',
    ])
    expect(composePolicy({})).toBe('')
  })

  it('[P4] lines keep the part they stand in', () => {
    const { parts } = readAccessSettings({ 'policy.csv': '', 'policy.team.csv': '\np, a, applications, get, *, allow' })
    expect(createEnforcer({ user: parts }).explain('a', get).rule).toMatchObject({ source: 'policy.team.csv', line: 2 })
  })

  it('[P5] scopes is a YAML list', () => {
    expect(
      readAccessSettings({ scopes: '[groups, email]', 'policy.matchMode': 'regex', 'policy.default': 'role:x' }),
    ).toMatchObject({ scopes: ['groups', 'email'], matchMode: 'regex', defaultRole: 'role:x', problems: [] })
    expect(readAccessSettings({})).toMatchObject({ scopes: ['groups'], matchMode: 'glob', defaultRole: '' })
    for (const scopes of ['email', '[1]', '[a', '{a: b}'])
      expect(readAccessSettings({ scopes })).toMatchObject({ scopes: ['groups'], problems: [{ key: 'scopes' }] })
  })
})

describe('answers', () => {
  const enforcer = createEnforcer({
    user: 'p, role:dev, applications, *, team/*, allow\np, ann, applications, delete, team/prod, deny\ng, ann, role:dev',
  })

  it('[X1] the deciding line and as whom it counted', () => {
    expect(enforcer.explain('ann', get)).toMatchObject({
      allowed: true,
      rule: { line: 1, text: 'p, role:dev, applications, *, team/*, allow' },
      as: { kind: 'subject', name: 'ann' },
    })
    expect(enforcer.explain('ann', { ...get, action: 'delete', object: 'team/prod' })).toMatchObject({
      allowed: false,
      rule: { line: 2 },
      why: 'denied by policy.csv line 2, which the subject "ann" has: p, ann, applications, delete, team/prod, deny',
    })
  })

  it('[X1] without a line the missing permission', () => {
    expect(enforcer.explain('ann', { ...get, object: 'x/web' })).toMatchObject({
      allowed: false,
      rule: undefined,
      missing: 'You need the permission to get applications "x/web"',
    })
  })
})
