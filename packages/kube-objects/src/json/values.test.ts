import { describe, expect, it } from 'vitest'
import {
  applyDefaults,
  applyMergePatch,
  applyStrategicPatch,
  canonicalJson,
  cloneJson,
  deepEqual,
  printYaml,
  schemaFromCrd,
  serverSideApply,
} from '../index.ts'

function nested(levels: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < levels; i++) value = { a: value }
  return value
}

describe('values', () => {
  it('[J1] equality ignores the order of keys and absent fields', () => {
    expect(deepEqual({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true)
    expect(deepEqual({ a: 1, b: undefined }, { a: 1 })).toBe(true)
    expect(deepEqual({ a: 1 }, { b: 1 })).toBe(false)
    expect(deepEqual({ a: null }, {})).toBe(false)
    expect(deepEqual([1, 2], [2, 1])).toBe(false)
    expect(deepEqual([], {})).toBe(false)
    expect(deepEqual({ toString: 1 }, {})).toBe(false)
  })

  it('[J1] canonical JSON sorts keys at every level', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 'x"' }], a: null, u: undefined })).toBe('{"a":null,"b":[{"c":"x\\"","d":1}]}')
    expect(() => canonicalJson({ a: 1n })).toThrow('bigint')
  })

  it('[J1] a clone shares nothing', () => {
    const value = { a: [{ b: 1 }] }
    const copy = cloneJson(value)
    copy.a.push({ b: 2 })
    expect(value).toEqual({ a: [{ b: 1 }] })
    expect(Object.keys(cloneJson(JSON.parse('{"__proto__": {"x": 1}}') as object))).toEqual(['__proto__'])
  })

  it('[J2] nesting of 1,000 levels is an error, not a crash', () => {
    const deep = nested(1000) as Record<string, unknown>
    const pod = { apiVersion: 'x/v1', kind: 'X', metadata: { name: 'a' }, spec: deep }
    const tooDeep = expect.objectContaining({ code: 'OBJECT_TOO_DEEP' })
    expect(() => cloneJson(deep)).toThrow(tooDeep)
    expect(() => canonicalJson(deep)).toThrow(tooDeep)
    expect(() => printYaml(deep)).toThrow(tooDeep)
    expect(() => deepEqual(deep, nested(1000))).toThrow(tooDeep)
    expect(() => applyMergePatch({}, deep)).toThrow(tooDeep)
    expect(() => applyStrategicPatch({}, deep, undefined)).toThrow(tooDeep)
    expect(() => applyDefaults(pod)).toThrow(tooDeep)
    expect(() => schemaFromCrd(deepSchema(1000))).toThrow(tooDeep)
    expect(() => serverSideApply({ live: undefined, applied: pod, manager: 'm', time: '', schema: undefined })).toThrow(
      tooDeep,
    )
  })
})

function deepSchema(levels: number): unknown {
  let schema: unknown = { type: 'string' }
  for (let i = 0; i < levels; i++) schema = { type: 'array', items: schema }
  return schema
}
