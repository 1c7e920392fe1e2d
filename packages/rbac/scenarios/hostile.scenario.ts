import { expect, it } from 'vitest'
import { createEnforcer, parsePolicy, validatePolicy } from '../src/index.ts'

const get = { resource: 'applications', action: 'get', object: 'team/web' }

// Each of these would run for hours, or without end, where a rule is missing: the time limit of the test is the assertion.

it('[H1] circles of roles end', () => {
  const circle = Array.from({ length: 5_000 }, (_, index) => `g, r${index}, r${(index + 1) % 5_000}`)
  const net = Array.from({ length: 40_000 }, (_, index) => `g, n${index % 200}, n${(index * 7) % 200}`)
  const policy = [...circle, ...net, 'g, a, a', 'p, r5, applications, get, *, allow'].join('\n')
  const enforcer = createEnforcer({ user: policy })
  expect(['r0', 'r4000', 'n0', 'a'].map((name) => enforcer.enforce(name, get))).toEqual([true, false, false, false])
  expect(validatePolicy(policy).problems).toEqual([])
})

it('[H1] 100,000 lines are read, compiled and asked', () => {
  const lines = Array.from(
    { length: 100_000 },
    (_, index) => `p, ann, applications, get, "team-${index}/{a,b}*c?", allow`,
  )
  const enforcer = createEnforcer({ user: lines.join('\n') })
  expect(enforcer.enforce('ann', { ...get, object: 'team-99999/b-xc1' })).toBe(true)
  expect(enforcer.enforce('ann', { ...get, object: 'team-99999/d-xc1' })).toBe(false)
  const bad = parsePolicy('x\n'.repeat(100_000))
  expect(bad.problems).toHaveLength(100_000)
})

it('[H1] patterns of many stars', () => {
  const stars = `${'*a'.repeat(2_000)}*[b]`
  const enforcer = createEnforcer({
    user: `p, x, applications, get, ${stars}, allow\np, x, applications, get, "${'{a,'.repeat(500)}", allow\np, y, applications, get, ${'*a'.repeat(1_900)}, allow`,
  })
  expect(enforcer.enforce('x', { ...get, object: 'a'.repeat(4_000) })).toBe(false)
  expect(enforcer.enforce('y', { ...get, object: `${'a'.repeat(4_000)}b` })).toBe(false)
  expect(enforcer.enforce('y', { ...get, object: 'a'.repeat(4_000) })).toBe(true)
})

it('[H1] a denial that cannot be looked at in time refuses', () => {
  const bombs = Array.from(
    { length: 500 },
    (_, index) => `p, x, applications, get, ${'*a'.repeat(1_500)}${index}?, deny`,
  )
  const enforcer = createEnforcer({ user: [...bombs, 'p, x, applications, get, *, allow'].join('\n') })
  expect(enforcer.enforce('x', get)).toBe(true)
  expect(enforcer.enforce('x', { ...get, object: 'a'.repeat(4_000) })).toBe(false)
  expect(enforcer.explain('x', { ...get, object: 'a'.repeat(4_000) })).toMatchObject({
    allowed: false,
    as: { name: 'x' },
  })
})

it('[H1] regular expressions that explode elsewhere', () => {
  const enforcer = createEnforcer({
    user: 'p, x, applications, get, ^(a+)+$, allow\np, x, applications, get, (x*)*y{1000}, allow',
    matchMode: 'regex',
  })
  expect(enforcer.enforce('x', { ...get, object: `${'a'.repeat(4_000)}!` })).toBe(false)
  expect(enforcer.enforce('x', { ...get, object: 'a'.repeat(4_000) })).toBe(true)
})

it('[H1] many different questions do not pile up', () => {
  const lines = Array.from({ length: 2_000 }, (_, index) => `p, ann, applications, action/*, team-${index}/*, allow`)
  const enforcer = createEnforcer({ user: lines.join('\n') })
  for (let index = 0; index < 1_500; index += 1)
    expect(enforcer.enforce('ann', { ...get, action: `action/apps/Deployment/${index}`, object: 'team-7/x' })).toBe(
      true,
    )
})

it('[H2] long requests are refused and long policies are not read', () => {
  const enforcer = createEnforcer({})
  const object = `a/${'b'.repeat(9_000)}`
  expect(enforcer.enforce('admin', { ...get, object })).toBe(false)
  expect(enforcer.explain('admin', { ...get, object })).toMatchObject({
    allowed: false,
    why: 'the request is longer than 4096 characters',
  })
  expect(() => parsePolicy(' '.repeat(33 * 1024 * 1024))).toThrow('at most')
})

it('names of object prototypes are names', () => {
  const enforcer = createEnforcer({
    user: 'p, __proto__, constructor, toString, valueOf/*, allow\ng, hasOwnProperty, __proto__',
  })
  expect(enforcer.enforce('hasOwnProperty', { resource: 'constructor', action: 'toString', object: 'valueOf/x' })).toBe(
    true,
  )
  expect(enforcer.enforce('constructor', get)).toBe(false)
})
