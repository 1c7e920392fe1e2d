import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  applyJsonPatch,
  applyMergePatch,
  applyStrategicPatch,
  builtInSchema,
  createMergePatch,
  createStrategicPatch,
  createThreeWayMergePatch,
  createThreeWayStrategicPatch,
  type JsonObject,
  type JsonPatchOperation,
} from '../index.ts'

const deployment = builtInSchema({ group: 'apps', version: 'v1', kind: 'Deployment' })

function testdata(name: string): Record<string, JsonObject>[] {
  const text = readFileSync(join(import.meta.dirname, '../../testdata', name), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, JsonObject>)
}

describe('JSON patch', () => {
  it('[P1] carries out every operation and leaves the document alone', () => {
    const document = { a: [1, 2, 3], 'b/c': { '~': 1 } }
    const patch: JsonPatchOperation[] = [
      { op: 'test', path: '/a/1', value: 2 },
      { op: 'add', path: '/a/-', value: 4 },
      { op: 'add', path: '/a/0', value: 0 },
      { op: 'remove', path: '/a/1' },
      { op: 'replace', path: '/b~1c/~0', value: { x: 1 } },
      { op: 'copy', from: '/a', path: '/d' },
      { op: 'move', from: '/b~1c', path: '/e' },
    ]
    expect(applyJsonPatch(document, patch)).toEqual({ a: [0, 2, 3, 4], d: [0, 2, 3, 4], e: { '~': { x: 1 } } })
    expect(document).toEqual({ a: [1, 2, 3], 'b/c': { '~': 1 } })
    expect(applyJsonPatch({ a: 1 }, [{ op: 'replace', path: '', value: [] }])).toEqual([])
  })

  it.each([
    [{ op: 'remove', path: '/x' }, 'PATCH_PATH_MISSING'],
    [{ op: 'replace', path: '/x', value: 1 }, 'PATCH_PATH_MISSING'],
    [{ op: 'add', path: '/x/y', value: 1 }, 'PATCH_PATH_MISSING'],
    [{ op: 'add', path: '/a/4', value: 1 }, 'PATCH_PATH_MISSING'],
    [{ op: 'add', path: '/a/01', value: 1 }, 'PATCH_PATH_MISSING'],
    [{ op: 'test', path: '/a', value: [2] }, 'PATCH_TEST_FAILED'],
    [{ op: 'add', path: 'a', value: 1 }, 'PATCH_INVALID'],
    [{ op: 'add', path: '/a' }, 'PATCH_INVALID'],
    [{ op: 'move', path: '/a/0/b', from: '/a' }, 'PATCH_INVALID'],
    [{ op: 'frob', path: '/a' }, 'PATCH_INVALID'],
    [{ op: 'test', path: '/constructor/name', value: 'Object' }, 'PATCH_PATH_MISSING'],
  ])('[P1] refuses %o', (operation, code) => {
    expect(() => applyJsonPatch({ a: [1] }, [operation as JsonPatchOperation])).toThrow(
      expect.objectContaining({ code }),
    )
  })

  it('[P1] copies cannot grow without bound', () => {
    const patch = Array.from({ length: 30 }, (_, i): JsonPatchOperation => ({ op: 'copy', from: '', path: `/x${i}` }))
    expect(() => applyJsonPatch({ a: 1 }, patch)).toThrow(expect.objectContaining({ code: 'PATCH_INVALID' }))
  })
})

describe('merge patch', () => {
  it('[P2] merges objects, removes nulls, replaces all else', () => {
    expect(applyMergePatch({ a: { b: 1, c: 2 }, l: [1, 2] }, { a: { b: null, d: { e: null, f: 1 } }, l: [3] })).toEqual(
      {
        a: { c: 2, d: { f: 1 } },
        l: [3],
      },
    )
    expect(applyMergePatch(1, { a: null })).toEqual({})
    expect(applyMergePatch({ a: 1 }, 'x')).toBe('x')
  })

  it('[P2] the created patch is the smallest one', () => {
    const before = { a: 1, b: { c: 1, d: [1] }, e: 1 }
    const after = { a: 1, b: { c: 2, d: [1] }, f: 1 }
    const patch = createMergePatch(before, after)
    expect(patch).toEqual({ b: { c: 2 }, e: null, f: 1 })
    expect(applyMergePatch(before, patch)).toEqual(after)
  })

  it('[P2] the three-way patch keeps what others added', () => {
    const patch = createThreeWayMergePatch({ a: 1, b: 1 }, { a: 2 }, { a: 1, b: 1, other: 1, c: { d: 1 } })
    expect(patch).toEqual({ a: 2, b: null })
  })
})

describe('strategic merge patch', () => {
  it('[P3] [P4] [P5] gives what the reference gives', () => {
    for (const { before = {}, patch = {}, after } of testdata('strategic.jsonl')) {
      expect(applyStrategicPatch(before, patch, deployment)).toEqual(after)
    }
  })

  it('[P6] what is created turns one object into the other', () => {
    for (const { original = {}, modified = {} } of testdata('three-way.jsonl')) {
      expect(applyStrategicPatch(original, createStrategicPatch(original, modified, deployment), deployment)).toEqual(
        modified,
      )
    }
  })

  it('[P6] three-way patches give what kubectl apply gives', () => {
    for (const { original = {}, modified = {}, current = {}, after } of testdata('three-way.jsonl')) {
      const patch = createThreeWayStrategicPatch(original, modified, current, deployment)
      expect(applyStrategicPatch(current, patch, deployment)).toEqual(after)
    }
  })

  it('[P4] carries out $patch of maps and lists', () => {
    const before = {
      spec: { strategy: { type: 'X' }, template: { spec: { containers: [{ name: 'a' }, { name: 'b' }] } } },
    }
    const containers = (list: unknown[]) => ({ spec: { template: { spec: { containers: list } } } })
    const apply = (patch: JsonObject) => applyStrategicPatch(before, patch, deployment)
    expect(apply({ spec: { strategy: { $patch: 'replace', rollingUpdate: {} } } })).toMatchObject({
      spec: { strategy: { rollingUpdate: {} } },
    })
    expect(apply({ spec: { strategy: { $patch: 'delete' } } })).toMatchObject({ spec: { strategy: {} } })
    expect(apply(containers([{ name: 'a', $patch: 'delete' }]))).toMatchObject(containers([{ name: 'b' }]))
    expect(apply(containers([{ $patch: 'replace' }, { name: 'z' }]))).toMatchObject(containers([{ name: 'z' }]))
    expect(() => apply(containers([{ image: 'x' }]))).toThrow('merge key "name"')
    expect(() => apply(containers([{ name: 'a', $patch: 'frob' }]))).toThrow('frob')
    expect(() => apply({ spec: { $retainKeys: ['type'], strategy: {} } })).toThrow('$retainKeys')
  })

  it('[P4] $retainKeys drops the other members of a union', () => {
    const before = { spec: { template: { spec: { volumes: [{ name: 'v', emptyDir: {} }] } } } }
    const patch = {
      spec: {
        template: { spec: { volumes: [{ name: 'v', $retainKeys: ['name', 'secret'], secret: { secretName: 's' } }] } },
      },
    }
    expect(applyStrategicPatch(before, patch, deployment)).toEqual({
      spec: { template: { spec: { volumes: [{ name: 'v', secret: { secretName: 's' } }] } } },
    })
  })
})
