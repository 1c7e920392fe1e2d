import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseManifests, parseYaml, parseYamlDocuments, printYaml, printYamlOrdered } from '../index.ts'

function testdata<T>(name: string): T[] {
  const text = readFileSync(join(import.meta.dirname, '../../testdata', name), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

describe('parsing', () => {
  it.each(testdata<{ text: string; value?: unknown; error?: boolean }>('scalars.jsonl'))(
    '[Y1] $text means what Go says',
    ({ text, value, error }) => {
      if (error) expect(() => parseYaml(text)).toThrow(/is not valid YAML/)
      else expect(parseYaml(text)).toEqual(value)
    },
  )

  it('[Y2] a repeated key is an error with its place', () => {
    expect(() => parseYaml('a: 1\nb:\n  c: 1\n  c: 2\n', { file: 'x.yaml' })).toThrow(
      'x.yaml:4:3 is not valid YAML: key "c" is already set',
    )
    expect(parseYaml('a: 1\na: 2\n', { duplicateKeys: 'last' })).toEqual({ a: 2 })
  })

  it('[Y1] lines of quoted texts and flow collections may be indented less than what holds them', () => {
    const text = 'a:\n  b:\n    c: \'one\n    two\n  three\'\n    d: "x\n\ny"\n    e: [\n1,\n]\nf: {\n}\n'
    expect(parseYaml(text)).toEqual({ a: { b: { c: 'one two three', d: 'x\ny', e: [1] } }, f: {} })
    expect(() => parseYaml('a: "x\n---\ny"\n')).toThrow(/is not valid YAML/)
  })

  it('[Y2] explicit keys win over merged ones, wherever << stands', () => {
    expect(parseYaml('x: &x {a: 1, b: 2}\nv: {<<: *x, a: 3}\nz: {a: 4, <<: *x}\nw: {<<: [{a: 5}, *x]}\n')).toEqual({
      x: { a: 1, b: 2 },
      v: { a: 3, b: 2 },
      z: { a: 4, b: 2 },
      w: { a: 5, b: 2 },
    })
  })

  it('[Y3] errors carry the place as data, empty documents are dropped', () => {
    expect(parseYamlDocuments('---\n# nothing\n---\na: 1\n---\n---\nb: 2\n...\n')).toEqual([{ a: 1 }, { b: 2 }])
    expect(() => parseYaml('a: 1\n---\nb: 2\n')).toThrow('one document is expected')
    expect(() => parseYaml('a: [1\nb: 2', { file: 'f' })).toThrow(
      expect.objectContaining({ code: 'YAML_INVALID', place: expect.objectContaining({ file: 'f', line: 2 }) }),
    )
  })

  it('[Y4] aliases are copies, bombs and circles are refused', () => {
    const value = parseYaml('a: &a {x: 1}\nb: *a\n') as { a: { x: number }; b: { x: number } }
    value.a.x = 2
    expect(value.b.x).toBe(1)
    const bomb = [
      'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
      ...Array.from({ length: 8 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(10)}]`),
    ]
    expect(() => parseYaml(bomb.join('\n'))).toThrow('excessive aliasing')
    expect(() => parseYaml('a: &a [*a]')).toThrow('anchor "a" contains itself')
    expect(() => parseYaml('['.repeat(1000) + ']'.repeat(1000))).toThrow(/is not valid YAML/)
  })

  it('[Y5] keys are strings and never reach the prototype', () => {
    expect(parseYaml('1: a\ntrue: b\n1.5: c\n')).toEqual({ '1': 'a', true: 'b', '1.5': 'c' })
    expect(() => parseYaml('null: a\n')).toThrow('a mapping key must be a string')
    const value = parseYaml('__proto__: {polluted: true}\n') as object
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect((value as { polluted?: boolean }).polluted).toBeUndefined()
    expect(() => parseYaml('a: .nan')).toThrow('no JSON form')
  })

  it('[Y7] manifests are objects, lists give their items', () => {
    const objects = parseManifests(
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\napiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: {name: b}\n---\n---\n{"apiVersion": "v1", "kind": "Secret"}\n',
    )
    expect(objects.map((object) => [object.kind, object.metadata.name])).toEqual([
      ['Pod', 'a'],
      ['ConfigMap', 'b'],
      ['Secret', undefined],
    ])
    expect(() => parseManifests('a: 1\n---\nkind: X\n', { file: 'm.yaml' })).toThrow(
      'document 1 of m.yaml:1 is not a Kubernetes object: kind is missing',
    )
    expect(() => parseManifests('apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {a: 1}}')).toThrow(
      'labels["a"]',
    )
  })
})

describe('printing', () => {
  it('[Y6] prints byte for byte what Go prints, and reads it back', () => {
    for (const { value, yaml } of testdata<{ value: unknown; yaml: string }>('printed.jsonl')) {
      expect(printYaml(value)).toBe(yaml)
      expect(parseYaml(yaml)).toEqual(value)
    }
  })

  it('[Y6] long lines break after 80 columns, long keys become explicit', () => {
    const words = 'word '.repeat(30).trim()
    expect(printYaml({ a: words })).toBe(`a: ${'word '.repeat(16).trim()}\n  ${'word '.repeat(14).trim()}\n`)
    expect(printYaml({ ['k'.repeat(129)]: 1 })).toBe(`? ${'k'.repeat(129)}\n: 1\n`)
    expect(printYaml([])).toBe('[]\n')
    expect(printYaml({})).toBe('{}\n')
    expect(printYaml('a')).toBe('a\n')
  })

  it('prints keys in their own order on request', () => {
    expect(printYamlOrdered({ b: 1, a: [{ d: 1, c: 2 }] })).toBe('b: 1\na:\n- d: 1\n  c: 2\n')
    expect(printYaml({ b: 1, a: undefined })).toBe('b: 1\n')
  })
})
