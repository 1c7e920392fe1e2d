import { FileNotLoaded, type FileTree, memoryTree, messageOf } from '@driftless/foundation'
import { expect, it } from 'vitest'
import { evaluateJsonnet, type JsonnetLimits } from './index.ts'

function failure(snippet: string, limits: Partial<JsonnetLimits> = {}): { code?: string; message: string } {
  try {
    evaluateJsonnet({ snippet }, { limits })
  } catch (thrown) {
    return thrown as { code?: string; message: string }
  }
  throw new Error('the program ended well')
}

it('[L1] frames deeper than the limit end in the error of the tool', () => {
  const { code, message } = failure('local f(n) = f(n + 1) + 1; f(0)')
  expect(code).toBe('JSONNET_RUNTIME')
  expect(message).toMatch(/^RUNTIME ERROR: max stack frames exceeded\.\n/)
})

it('[L1] the host stack never overflows, however high the limit is', () => {
  const { code, message } = failure('local f(n) = [f(n + 1)[0]]; f(0)[0]', { maxStack: 1_000_000 })
  expect(code).toBe('JSONNET_RUNTIME')
  expect(message).toContain('max stack frames exceeded.')
})

it('[L1] data that contains itself ends in an error', () => {
  expect(failure('{ a: $ }').message).toContain('max stack frames exceeded.')
  expect(failure('local a = [a]; a').message).toContain('max stack frames exceeded.')
  expect(failure('local a = { x: a }, b = { x: b }; a == b').message).toContain('max stack frames exceeded.')
  expect(failure('local a = [a]; std.toString(a)').message).toContain('max stack frames exceeded.')
})

it('[L1] source nested too deeply ends in an error', () => {
  for (const open of ['(', '[', '{a:', '-', 'if true then ', '!']) {
    expect(failure(open.repeat(100_000)).code).toMatch(/^JSONNET_/)
  }
  expect(failure(`1${'+1'.repeat(200_000)}`).code).toMatch(/^JSONNET_/)
})

it.each([
  'std.foldl(function(a, b) a + b, std.range(1, 1000000000), 0)',
  'std.makeArray(1e12, function(i) i)',
  'std.length(std.repeat([1], 1e12))',
  'local f(n) = f(n + 1) tailstrict; f(0)',
  'local f(n) = if n == 0 then [1] else f(n - 1) + f(n - 1); std.length(f(60))',
  'std.length([x for x in std.range(1, 100000) for y in std.range(1, 100000)])',
])('[L2] endless work ends in an error: %s', (snippet) => {
  expect(failure(snippet, { maxSteps: 1_000_000 }).code).toBe('JSONNET_LIMIT')
})

it.each([
  "std.length(std.repeat('x', 1e12))",
  "local f(n, s) = if n == 0 then s else f(n - 1, s + s) tailstrict; f(60, 'x')",
  "std.format('%1000000000d', 1)",
  "std.format('%.999999999f', 1)",
  "std.strReplace(std.repeat('x', 100000), 'x', std.repeat('y', 100000))",
  "std.join(std.repeat('x', 100000), [std.repeat('y', 10) for i in std.range(1, 100000)])",
  "local a = std.repeat('x', 1000); local b = [a for i in std.range(1, 1000)]; [b for i in std.range(1, 1000)]",
])('[L3] huge texts end in an error: %s', (snippet) => {
  expect(failure(snippet, { maxOutput: 1_000_000 }).code).toBe('JSONNET_LIMIT')
})

it('[I2] imports never leave the tree', () => {
  const tree = memoryTree(
    {
      'app/a.jsonnet': "importstr '../../secret'",
      'app/b.jsonnet': "import '/etc/passwd'",
      'app/c.jsonnet': "importstr 'link'",
    },
    { 'app/link': '../../secret' },
  )
  for (const file of ['app/a.jsonnet', 'app/b.jsonnet', 'app/c.jsonnet']) {
    expect(() => evaluateJsonnet({ tree, file })).toThrow(expect.objectContaining({ code: 'FILE_OUTSIDE' }))
  }
})

it('[I3] a file that is not loaded yet passes through untouched', () => {
  const inner = memoryTree({ 'main.jsonnet': "std.map(function(x) { a: import 'late.libsonnet' }, [1])" })
  const tree: FileTree = {
    ...inner,
    read(path) {
      if (path === 'late.libsonnet') throw new FileNotLoaded(path)
      return inner.read(path)
    },
  }
  expect(() => evaluateJsonnet({ tree, file: 'main.jsonnet' })).toThrow(FileNotLoaded)
})

it('[O2] names of the host language are ordinary fields', () => {
  const { value, manifest } = evaluateJsonnet({ snippet: '{ __proto__: { x: 1 }, constructor: 2, toString: 3 }' })
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor', 'toString'])
  expect(({} as { x?: number }).x).toBeUndefined()
  expect(manifest).toContain('"__proto__": {')
  expect(evaluateJsonnet({ snippet: "'toString' in {}" }).value).toBe(false)
})

it('[E1] an error carries the place it happened at', () => {
  const tree = memoryTree({ 'a/b.jsonnet': '{\n  x: error "no",\n}' })
  try {
    evaluateJsonnet({ tree, file: 'a/b.jsonnet' })
    expect.unreachable()
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'JSONNET_RUNTIME', place: { file: 'a/b.jsonnet', line: 2, column: 6 } })
    expect(messageOf(thrown)).toContain('a/b.jsonnet:2:6-16\tobject <anonymous>')
  }
})

it('[X1] texts of std.trace come back beside the value', () => {
  expect(evaluateJsonnet({ snippet: "std.trace('here', 1)" })).toMatchObject({ value: 1, traces: ['here'] })
})
