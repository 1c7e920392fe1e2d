import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  compareVersions,
  createConstraint,
  formatVersion,
  isVersionConstraint,
  parseStrictVersion,
  parseVersion,
} from './semver.ts'

/** Answers of Masterminds/semver v3.5: constraint, then the indexes of the versions it admits; no answer where it refuses the constraint. */
const recorded = JSON.parse(readFileSync(new URL('../testdata/semver.json', import.meta.url), 'utf8')) as {
  versions: string[]
  cases: [constraint: string, admitted?: string][]
}

describe('a version', () => {
  it('is read loosely', () => {
    expect(formatVersion(parseVersion('v1.2'))).toBe('1.2.0')
    expect(formatVersion(parseVersion('2'))).toBe('2.0.0')
    expect(formatVersion(parseVersion('01.2.3'))).toBe('1.2.3')
    expect(parseVersion('v1.2.3-rc.1+build.5')).toEqual({
      major: 1,
      minor: 2,
      patch: 3,
      prerelease: 'rc.1',
      metadata: 'build.5',
      original: 'v1.2.3-rc.1+build.5',
    })
  })

  it.each([
    '',
    'v',
    'a',
    '1.2.3.4',
    '1.2.3-',
    '1.2.3-01',
    '1.2.3-a..b',
    '1.2.3+',
    ' 1',
    '99999999999999999999.0.0',
    '1'.repeat(2000),
  ])('is refused when it is %j', (text) => {
    expect(() => parseVersion(text)).toThrow(/invalid semantic version/)
  })

  it('is ordered by numbers, then by pre-release, whatever its metadata', () => {
    const ordered = [
      '1.0.0-1',
      '1.0.0-2',
      '1.0.0-10',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.b',
      '1.0.0-rc',
      '1.0.0',
      '1.0.1',
      '1.10.0',
      '2.0.0',
    ]
    const shuffled = [...ordered].reverse().map(parseVersion)
    expect(shuffled.sort(compareVersions).map((version) => version.original)).toEqual(ordered)
    expect(compareVersions(parseVersion('1.0.0+a'), parseVersion('1.0.0+b'))).toBe(0)
  })
})

describe('a constraint', () => {
  it(`admits what Masterminds/semver admits, in ${recorded.cases.length} recorded cases`, () => {
    const versions = recorded.versions.map(parseVersion)
    const answer = (text: string) => {
      try {
        const constraint = createConstraint(text)
        return versions.flatMap((version, index) => (constraint.matches(version) ? [index] : [])).join(' ')
      } catch {
        return undefined
      }
    }
    const different = recorded.cases.filter(([text, admitted]) => answer(text) !== admitted)
    expect(different).toEqual([])
  })

  it('names itself when it is refused', () => {
    expect(() => createConstraint('>=1.0<2.0')).toThrow('improper constraint: >=1.0<2.0')
  })

  it('is read in time linear in its length', () => {
    expect(() => createConstraint(`${'1  '.repeat(330)}!`)).toThrow(/improper/)
    expect(() => createConstraint(`1${' '.repeat(5000)}`)).toThrow(/improper/)
  })

  it.each([
    ['1.2.*', true],
    ['1.x', true],
    ['*', true],
    ['>= 1.2, < 2', true],
    ['~1.2', true],
    ['=1.2.3', true],
    ['1.0 - 2.0', true],
    ['1.0.0 || 2.0.0', true],
    ['1.2', false],
    ['v1.2.3', false],
    ['main', false],
    ['', false],
  ])('%j is a constraint rather than one version: %j', (text, expected) => {
    expect(isVersionConstraint(text)).toBe(expected)
  })
})

it('reads by the letter of the standard when asked', () => {
  expect(parseStrictVersion('1.2.3-rc.1+b')).toMatchObject({
    major: 1,
    minor: 2,
    patch: 3,
    prerelease: 'rc.1',
    metadata: 'b',
  })
  for (const text of ['v1.2.3', '1.2', '1', '01.2.3', '1.2.3.4', '1.2.3-'])
    expect(() => parseStrictVersion(text), text).toThrow(/invalid semantic version/)
})

it('takes pre-releases into every set when asked', () => {
  const version = parseVersion('1.3.0-beta')
  expect(createConstraint('>= 1.2').matches(version)).toBe(false)
  expect(createConstraint('>= 1.2', { includePrerelease: true }).matches(version)).toBe(true)
  expect(createConstraint('>= 1.3', { includePrerelease: true }).matches(version)).toBe(false)
})
