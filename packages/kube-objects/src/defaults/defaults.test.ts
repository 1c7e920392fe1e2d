import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { applyDefaults, applySchemaDefaults, type KubeObject, pruneUnknown, schemaFromCrd } from '../index.ts'

const text = readFileSync(join(import.meta.dirname, '../../testdata/defaults.jsonl'), 'utf8')
const cases = text
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { in: KubeObject; out: KubeObject })

/** What the reference adds only when it converts to its internal form, which the recorded defaults leave out. */
function withoutConversions(value: unknown): unknown {
  const dropped = JSON.stringify(value, (key, item: unknown) => {
    if (key === 'serviceAccount' || key === 'serviceAccountName') return undefined
    if (key !== 'volumeClaimTemplates' || !Array.isArray(item)) return item
    return item.map(({ apiVersion: _apiVersion, kind: _kind, ...claim }: KubeObject) => claim)
  })
  return JSON.parse(dropped)
}

describe('defaults', () => {
  it.each(cases.map((item, index) => ({ ...item, index, kind: item.in.kind })))(
    '[D1] [D2] of $kind (case $index)',
    (item) => {
      expect(withoutConversions(applyDefaults(item.in))).toEqual(withoutConversions(item.out))
    },
  )

  it('[D1] what has its defaults stays as it is', () => {
    for (const { in: object } of cases) {
      const once = applyDefaults(object)
      expect(applyDefaults(once)).toEqual(once)
    }
  })

  it('[D1] stored forms: stringData moves into data, the service account is written twice, claims name their kind', () => {
    const secret = applyDefaults({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { a: 'ü' } })
    expect(secret).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      type: 'Opaque',
      data: { a: 'w7w=' },
    })
    const pod = applyDefaults({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {},
      spec: { serviceAccountName: 'x', containers: [] },
    })
    expect(pod.spec).toMatchObject({ serviceAccountName: 'x', serviceAccount: 'x' })
  })

  it('[D2] amounts of resources round up to a thousandth', () => {
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: {},
      spec: { hard: { cpu: '100.25u', memory: '123456.1m', pods: 2 } },
    }
    expect(applyDefaults(quota).spec).toEqual({ hard: { cpu: '1m', memory: '123457m', pods: '2' } })
  })

  it('kinds that are not built in are only copied', () => {
    const object = { apiVersion: 'x.dev/v1', kind: 'X', metadata: { name: 'a' }, spec: { a: null } }
    expect(applyDefaults(object)).toEqual(object)
    expect(applyDefaults(object)).not.toBe(object)
  })

  it('[D3] schema defaults fill absent fields and replace nulls', () => {
    const schema = schemaFromCrd({
      type: 'object',
      properties: {
        spec: {
          type: 'object',
          default: {},
          properties: {
            n: { type: 'integer', default: 7 },
            s: { type: 'string' },
            t: { type: 'string', nullable: true, default: 'x' },
            list: { type: 'array', items: { type: 'object', properties: { p: { type: 'string', default: 'TCP' } } } },
            map: { type: 'object', additionalProperties: { type: 'object', properties: { d: { default: 1 } } } },
          },
        },
      },
    })
    expect(applySchemaDefaults({ spec: { n: null, s: null, t: null, list: [{}], map: { a: {} } } }, schema)).toEqual({
      spec: { n: 7, t: null, list: [{ p: 'TCP' }], map: { a: { d: 1 } } },
    })
    expect(applySchemaDefaults({}, schema)).toEqual({ spec: { n: 7, t: 'x' } })
    expect(pruneUnknown({ spec: { n: 1, foo: 2 }, bar: 3 }, schema)).toEqual({ spec: { n: 1 } })
  })
})
