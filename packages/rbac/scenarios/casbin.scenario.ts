import { createGlob } from '@driftless/foundation'
import { type Enforcer as Casbin, newEnforcer, newModelFromString, StringAdapter } from 'casbin'
import { expect, it } from 'vitest'
import { type AccessRequest, createEnforcer } from '../src/index.ts'

const model = `
[request_definition]
r = sub, res, act, obj
[policy_definition]
p = sub, res, act, obj, eft
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = g(r.sub, p.sub) && fits(r.res, p.res) && fits(r.act, p.act) && fits(r.obj, p.obj)
`

async function oracle(policy: string, mode: 'glob' | 'regex'): Promise<Casbin> {
  const casbin = await newEnforcer(newModelFromString(model), new StringAdapter(policy))
  const fitsGlob = (text: string, pattern: string) => createGlob(pattern)(text)
  const fitsRegex = (text: string, pattern: string) => new RegExp(pattern).test(text)
  await casbin.addFunction('fits', mode === 'glob' ? fitsGlob : fitsRegex)
  return casbin
}

/** A generator of small numbers that repeats itself for a seed (xorshift). */
function dice(seed: number): (sides: number) => number {
  let state = seed * 2654435761 + 1
  return (sides) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % sides
  }
}

const words = {
  subjects: ['ann', 'bob', 'ops', 'role:dev', 'role:ops', 'role:x'],
  resources: ['applications', 'logs', 'clusters'],
  actions: [
    'get',
    'sync',
    'update',
    'update/apps/Deployment/ns/web',
    'delete//Pod/ns/p',
    'action/apps/Deployment/restart',
  ],
  objects: [
    'team/web',
    'team/api',
    'team/ns/web',
    'other/web',
    'other/secret-x',
    'web',
    'https://host.example/path',
    '',
  ],
}

const patterns = {
  glob: {
    resources: [...words.resources, '*', 'app*', '{logs,clusters}', '?ogs'],
    actions: [...words.actions, '*', 'update/*', 'delete/*/Pod/*/*', 'action/*/*/re[a-s]tart', '{get,sync}', '[!g]*'],
    objects: [
      ...words.objects,
      '*',
      '*/*',
      'team/*',
      '*/web',
      'team/{web,api}',
      't**b',
      '*/ns/*',
      '????/web',
      '*/secret-*',
      'o[a-z]her/*',
      'te\\am/web',
    ],
  },
  regex: {
    resources: [...words.resources, '.*', '^app', '(logs|clusters)', 'ogs$'],
    actions: [...words.actions, '.*', 'update/.*', '^get$', 'delete/.*/Pod/', '^action/', 'get|sync', '.+'],
    objects: [
      ...words.objects,
      '.*',
      '^team/.*$',
      '/web$',
      '^team/(web|api)$',
      '^t.*b$',
      '.*/ns/.*',
      '^https://host\\.example/',
      'o[a-z]+r/',
      '^$',
      'web.?',
    ],
  },
}

function policyOf(roll: (sides: number) => number, mode: 'glob' | 'regex'): string {
  const pick = (list: readonly string[]) => list[roll(list.length)] ?? ''
  const rules = Array.from({ length: 4 + roll(30) }, () => {
    const { resources, actions, objects } = patterns[mode]
    const effect = ['allow', 'allow', 'allow', 'allow', 'allow', 'allow', 'deny', 'maybe'][roll(8)] ?? ''
    return ['p', pick(words.subjects), pick(resources), pick(actions), `"${pick(objects)}"`, effect]
      .map((field) => (field.includes(',') && !field.startsWith('"') ? `"${field}"` : field))
      .join(', ')
  })
  const links = Array.from({ length: roll(8) }, () => `g, ${pick(words.subjects)}, ${pick(words.subjects)}`)
  return [...rules, ...links].join('\n')
}

function* requestsOf(roll: (sides: number) => number, count: number): Generator<AccessRequest & { subject: string }> {
  const pick = (list: readonly string[]) => list[roll(list.length)] ?? ''
  for (let index = 0; index < count; index += 1)
    yield {
      subject: pick(words.subjects),
      resource: pick(words.resources),
      action: pick(words.actions),
      object: pick(words.objects),
    }
}

it.each(['glob', 'regex'] as const)(
  '[E10] decides as Casbin does on random policies, and explains what it decides: %s',
  async (mode) => {
    const seen = { allowed: 0, denied: 0 }
    for (let seed = 1; seed <= 150; seed += 1) {
      const roll = dice(seed)
      const policy = policyOf(roll, mode)
      const casbin = await oracle(policy, mode)
      const enforcer = createEnforcer({ builtIn: '', user: policy, matchMode: mode })
      for (const request of requestsOf(roll, 40)) {
        const { subject, resource, action, object } = request
        const allowed = casbin.enforceSync(subject, resource, action, object)
        seen[allowed ? 'allowed' : 'denied'] += 1
        expect({ seed, policy, request, allowed: enforcer.enforce(subject, request) }).toEqual({
          seed,
          policy,
          request,
          allowed,
        })
        const decision = enforcer.explain(subject, request)
        expect({ seed, policy, request, allowed: decision.allowed }).toEqual({ seed, policy, request, allowed })
        expect(decision.rule === undefined || decision.rule.effect === (allowed ? 'allow' : 'deny')).toBe(true)
      }
    }
    // Both answers occur often, or the comparison would prove nothing.
    expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(500)
  },
)

it('[E6] a chain of roles reaches as far as with Casbin', async () => {
  for (const length of [1, 9, 10, 11, 12]) {
    const links = Array.from({ length }, (_, index) => `g, r${index}, r${index + 1}`)
    const policy = [`p, r${length}, logs, get, *, allow`, ...links].join('\n')
    const casbin = await oracle(policy, 'glob')
    const enforcer = createEnforcer({ builtIn: '', user: policy })
    const request = { resource: 'logs', action: 'get', object: 'a/b' }
    expect([length, enforcer.enforce('r0', request)]).toEqual([length, casbin.enforceSync('r0', 'logs', 'get', 'a/b')])
  }
})

it('[L1] project sets say what the single answers say', () => {
  for (const mode of ['glob', 'regex'] as const)
    for (let seed = 1; seed <= 150; seed += 1) {
      const roll = dice(seed + 7_000)
      const enforcer = createEnforcer({ builtIn: '', user: policyOf(roll, mode), matchMode: mode })
      const objects = ['web', 'api', 'ns/web', 'secret-x', 'other', '']
      for (const { subject, resource, action } of requestsOf(roll, 6)) {
        const { all, some } = enforcer.projectAccess(subject, { resource, action }, ['team', 'other', 'te', 'https:'])
        for (const project of ['team', 'other', 'te', 'https:'])
          for (const name of objects) {
            const allowed = enforcer.enforce(subject, { resource, action, object: `${project}/${name}` })
            if (all.includes(project)) expect(allowed).toBe(true)
            else if (!some.includes(project)) expect(allowed).toBe(false)
          }
      }
    }
})
