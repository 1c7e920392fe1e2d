import { describe, expect, it } from 'vitest'
import { compileJsonPath } from './json-path.ts'

const value = {
  spec: {
    list: [
      { n: 1, k: 'a' },
      { n: 2, k: 'b' },
    ],
    'dotted.name': 'x',
  },
  status: {
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'Live', status: 'False' },
    ],
  },
}

describe('[C5] paths of printer columns', () => {
  it.each([
    ['.spec.list[0].k', ['a']],
    ['.spec.list[-1].k', ['b']],
    ['.spec.list[*].n', [1, 2]],
    ['.spec.list[0:1].n', [1]],
    ['.spec.dotted\\.name', ['x']],
    [".spec['dotted.name']", ['x']],
    ['.status.conditions[?(@.type=="Ready")].status', ['True']],
    ['.spec.list[?(@.n>1)].k', ['b']],
    ['{.spec.list[?(@.k)].n}', [1, 2]],
    ['..status', [value.status, 'True', 'False']],
    ['.absent.deeper', []],
  ])('%s', (path, expected) => {
    expect(compileJsonPath(path)(value)).toEqual(expected)
  })

  it.each(['spec', '.a[', '.a[?(@.b==c)]'])('%s is refused', (path) => {
    expect(() => compileJsonPath(path)).toThrow(SyntaxError)
  })

  it('own fields only', () => {
    expect(compileJsonPath('.constructor')(value)).toEqual([])
  })
})
