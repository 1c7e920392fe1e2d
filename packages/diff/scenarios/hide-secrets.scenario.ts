import { describe, expect, it } from 'vitest'
import { compare, hideDifferences, hideSecrets } from '../src/index.ts'
import { clientApplied, one } from './manifest.ts'

const secret = (data: string) =>
  `{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: demo}, stringData: {${data}}}`

describe('[M1] values of Secrets', () => {
  it('become runs of plus signs that show which values are equal', () => {
    const hidden = hideSecrets({
      target: one(secret('same: a, changed: new')),
      live: one(secret('same: a, changed: old')),
      lastApplied: one(secret('same: a, changed: older')),
    })
    expect([hidden.target?.data, hidden.live?.data, hidden.lastApplied?.data]).toEqual([
      { same: '++++++++', changed: '++++++++' },
      { same: '++++++++', changed: '++++++++++++' },
      { same: '++++++++', changed: '++++++++++++++++' },
    ])
  })

  it('do not stay in the annotation that repeats what was applied', () => {
    const { live, lastApplied } = hideSecrets({ target: null, live: clientApplied(secret('password: hunter2')) })
    expect(JSON.stringify([live, lastApplied])).not.toMatch(/hunter2|aHVudGVyMg/)
    expect(live?.metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration']).toContain('++++++++')
  })

  it('do not stay in differences', () => {
    const [live, target] = [clientApplied(secret('password: hunter2')), one(secret('password: swordfish'))]
    expect(hideDifferences(live, compare({ live, target }).differences)).toEqual([
      { path: 'data.password', live: '++++++++', desired: '++++++++++++' },
    ])
  })
})

it('[M2] other kinds stay as they are, but for masked annotations', () => {
  const map = one(
    '{apiVersion: v1, kind: ConfigMap, metadata: {name: c, annotations: {token: abc, note: hi}}, data: {a: b}}',
  )
  expect(hideSecrets({ target: map, live: null }).target).toEqual(map)
  const { target } = hideSecrets({ target: map, live: null }, { maskedAnnotations: ['token'] })
  expect(target?.metadata.annotations).toEqual({ token: '++++++++', note: 'hi' })
})
