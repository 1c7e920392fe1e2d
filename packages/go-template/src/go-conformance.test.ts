import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CompileOptions, compile, type RenderOptions } from './compile.ts'

interface Case extends CompileOptions {
  readonly template: string
  readonly missingkey?: CompileOptions['missingKey']
  readonly delims?: readonly [string, string]
  readonly numbers?: RenderOptions['numbers']
  readonly result?: string
  readonly error?: string
}

const folder = join(import.meta.dirname, '../testdata')
const data = JSON.parse(readFileSync(join(folder, 'data.json'), 'utf8')) as unknown
const cases = readFileSync(join(folder, 'cases.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case)

let next = 1

/** Bytes that look random and are the same in every run. */
function randomBytes(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => {
    next = (next * 48_271) % 2_147_483_647
    return next >> 16
  })
}

function run(test: Case): string {
  const { template, missingkey, delims, templates, engine = 'sprig', numbers } = test
  const options = {
    engine,
    ...(missingkey && { missingKey: missingkey }),
    ...(delims && { delimiters: delims }),
    ...(templates && { templates }),
  }
  return compile(template, options).render(data, {
    now: () => new Date('2026-01-02T03:04:05Z'),
    randomBytes,
    ...(numbers && { numbers }),
  })
}

describe('[C1] answers and error messages are those of Go with sprig v3', () => {
  it.each(cases.map((test) => [test.template, test] as const))('%s', (_name, test) => {
    if (test.error === undefined) expect(run(test)).toBe(test.result)
    else expect(() => run(test)).toThrow(expect.objectContaining({ message: test.error }))
  })
})
