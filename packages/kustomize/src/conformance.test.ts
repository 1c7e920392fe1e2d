import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { memoryTree } from '@driftless/foundation'
import { describe, expect, it } from 'vitest'
import { type Case, readCases, testdata } from '../scripts/read-cases.ts'
import { build } from './build.ts'

const clock = { now: () => new Date(0) }
const randomBytes = (count: number) => new Uint8Array(count)

function text({ files, target, flags }: Case): string {
  const loadRestrictor = flags.includes('LoadRestrictionsNone') ? 'LoadRestrictionsNone' : 'LoadRestrictionsRootOnly'
  const reorder = flags.includes('none') ? { reorder: 'none' as const } : {}
  const enableHelm = flags.includes('--enable-helm')
  const helm = { clock, randomBytes }
  return build({ tree: memoryTree(files), path: target, loadRestrictor, ...reorder, enableHelm, helm }).text
}

describe('[O1] the text equals what the reference tool printed, and what it refuses fails', () => {
  it.each(readCases().map((one) => [one.name, one] as const))('%s', (name, one) => {
    const expected = join(testdata, 'expected', `${name}.yaml`)
    if (existsSync(expected)) expect(text(one)).toBe(readFileSync(expected, 'utf8'))
    else {
      expect(readFileSync(join(testdata, 'expected', `${name}.error`), 'utf8')).toMatch(
        /^(?:#.*\n)*(?:\S.*\n)*.*Error: /,
      )
      expect(() => text(one)).toThrow()
    }
  })
})
