import { defineErrors } from './errors.ts'

/** Errors of reading versions and constraints. */
export const SemverErrors = defineErrors('SEMVER', {
  INVALID_VERSION: {
    status: 400,
    message: (p: { text: string; reason: string }) => `invalid semantic version ${JSON.stringify(p.text)}: ${p.reason}`,
  },
  INVALID_CONSTRAINT: {
    status: 400,
    message: (p: { text: string }) =>
      `improper constraint: ${p.text}; write something like ">= 1.2, < 2", "~1.2", "^1.2.3" or "1.x"`,
  },
})

/** A semantic version, read loosely: `v1.2` is 1.2.0. */
export interface SemVer {
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** Without the leading `-`; `''` when absent. */
  readonly prerelease: string
  /** Without the leading `+`; `''` when absent. */
  readonly metadata: string
  /** The text it was read from. */
  readonly original: string
}

/** A set of versions, written as a constraint. */
export interface VersionConstraint {
  /** Whether a version lies in the set; pre-releases do only where the constraint names one. */
  matches(version: SemVer): boolean
}

const tail = String.raw`(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?`
const versionPattern = new RegExp(String.raw`^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?${tail}$`)
const strictPattern = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?![.\d])/
const part = '[0-9|xX*]+'
const partial = String.raw`v?(${part})(?:\.(${part}))?(?:\.(${part}))?${tail}`
const termPattern = new RegExp(String.raw`\s*(=>|=<|>=|<=|!=|~>|=|>|<|~|\^)?\s*${partial}\s*`, 'y')
const rangePattern = new RegExp(
  String.raw`\s*(${partial.replace(/\((?!\?)/g, '(?:')})\s+-\s+(${partial.replace(/\((?!\?)/g, '(?:')})\s*`,
  'g',
)
const longestText = 1024

/** Reads a version as Masterminds/semver v3 does: a leading `v` and missing minor or patch are fine. Throws `SEMVER_INVALID_VERSION`. */
export function parseVersion(text: string): SemVer {
  const fail = (reason: string) => SemverErrors.INVALID_VERSION({ text: text.slice(0, longestText), reason })
  const match = text.length > longestText ? null : versionPattern.exec(text)
  if (match === null) throw fail('expected major.minor.patch with an optional -prerelease and +metadata')
  const [major, minor, patch] = [match[1], match[2], match[3]].map((digits) => Number(digits ?? 0))
  if (major === undefined || minor === undefined || patch === undefined) throw fail('a part is missing')
  if (![major, minor, patch].every(Number.isSafeInteger)) throw fail('a number is too large')
  const prerelease = match[4] ?? ''
  if (prerelease.split('.').some((step) => /^0\d+$/.test(step))) throw fail('a pre-release number starts with 0')
  return { major, minor, patch, prerelease, metadata: match[5] ?? '', original: text }
}

/** Reads a version by the letter of the standard: all three numbers, no leading zeros, no `v`. Throws `SEMVER_INVALID_VERSION`. */
export function parseStrictVersion(text: string): SemVer {
  if (strictPattern.test(text)) return parseVersion(text)
  const reason = 'expected exactly major.minor.patch, without leading zeros or a v'
  throw SemverErrors.INVALID_VERSION({ text: text.slice(0, longestText), reason })
}

/** Orders versions: negative when `a` is lower. Metadata does not count. */
export function compareVersions(a: SemVer, b: SemVer): number {
  return Math.sign(
    a.major - b.major || a.minor - b.minor || a.patch - b.patch || comparePrereleases(a.prerelease, b.prerelease),
  )
}

/** Writes a version in its full form, `major.minor.patch[-prerelease][+metadata]`. */
export function formatVersion(version: SemVer): string {
  const { major, minor, patch, prerelease, metadata } = version
  return `${major}.${minor}.${patch}${prerelease === '' ? '' : `-${prerelease}`}${metadata === '' ? '' : `+${metadata}`}`
}

/**
 * Compiles a constraint with the meaning of Masterminds/semver v3: `||` between alternatives, commas or spaces between conditions that
 * must all hold, `=`, `!=`, `>`, `<`, `>=`, `<=`, `~`, `^`, wildcards and hyphen ranges. Pre-releases lie in a set only where its
 * constraint names one, or where `includePrerelease` says so. Throws `SEMVER_INVALID_CONSTRAINT`.
 */
export function createConstraint(
  text: string,
  options: { readonly includePrerelease?: boolean } = {},
): VersionConstraint {
  if (text.length > longestText) throw SemverErrors.INVALID_CONSTRAINT({ text: text.slice(0, longestText) })
  const groups = rewriteRanges(text)
    .split('||')
    .map((group) => parseTerms(group, text))
  const allowsPrerelease = groups.map(
    (terms) => options.includePrerelease === true || terms.some((term) => term.version.prerelease !== ''),
  )
  return {
    matches: (version) =>
      groups.some((terms, index) => terms.every((term) => holds(term, version, allowsPrerelease[index] === true))),
  }
}

/** Whether a text is a constraint rather than one version: it has an operator, a wildcard, a list or a range. */
export function isVersionConstraint(text: string): boolean {
  if (text.length > longestText || versionPattern.test(text)) return false
  try {
    createConstraint(text)
    return text.trim() !== ''
  } catch {
    return false
  }
}

type Operator = '' | '!=' | '>' | '<' | '>=' | '<=' | '~' | '^'

interface Term {
  readonly operator: Operator
  readonly version: SemVer
  /** The first part that was left open or written as a wildcard. */
  readonly dirty: 'no' | 'major' | 'minor' | 'patch'
}

const operators: Readonly<Record<string, Operator>> = { '=': '', '=>': '>=', '=<': '<=', '~>': '~' }

function rewriteRanges(text: string): string {
  return text.replace(rangePattern, (_match, low: string, high: string) => `>= ${low}, <= ${high} `)
}

/** Reads `term`, then any number of separated terms; written as a scanner because the grammar as one expression backtracks without end. */
function parseTerms(group: string, text: string): Term[] {
  if (group === '') throw SemverErrors.INVALID_CONSTRAINT({ text })
  const terms: Term[] = []
  let position = 0
  while (position < group.length) {
    if (terms.length > 0) {
      const comma = group[position] === ','
      if (comma) position += 1
      else if (!/\s/.test(group[position - 1] ?? '')) throw SemverErrors.INVALID_CONSTRAINT({ text })
    }
    termPattern.lastIndex = position
    const match = termPattern.exec(group)
    if (match === null) throw SemverErrors.INVALID_CONSTRAINT({ text })
    terms.push(toTerm(match, text))
    position = termPattern.lastIndex
  }
  return terms
}

function toTerm(match: RegExpExecArray, text: string): Term {
  const [, operator = '', major, minor, patch, prerelease] = match
  const suffix = prerelease === undefined ? '' : `-${prerelease}`
  const dirty = isOpen(major) ? 'major' : isOpen(minor) ? 'minor' : isOpen(patch) ? 'patch' : 'no'
  const numbers = {
    major: '0.0.0',
    minor: `${major}.0.0`,
    patch: `${major}.${minor}.0`,
    no: `${major}.${minor}.${patch}`,
  }[dirty]
  try {
    return { operator: operators[operator] ?? (operator as Operator), version: parseVersion(numbers + suffix), dirty }
  } catch (cause) {
    throw SemverErrors.INVALID_CONSTRAINT({ text }, { cause })
  }
}

function isOpen(digits: string | undefined): boolean {
  return digits === undefined || digits === 'x' || digits === 'X' || digits === '*'
}

function holds(term: Term, version: SemVer, allowsPrerelease: boolean): boolean {
  if (version.prerelease !== '' && !allowsPrerelease) return false
  return conditions[term.operator](version, term)
}

const conditions: Readonly<Record<Operator, (version: SemVer, term: Term) => boolean>> = {
  '': (version, term) => (term.dirty === 'no' ? compareVersions(version, term.version) === 0 : isTilde(version, term)),
  '!=': isDifferent,
  '>': isGreater,
  '<': (version, term) => compareVersions(version, term.version) < 0,
  '>=': (version, term) => compareVersions(version, term.version) >= 0,
  '<=': isAtMost,
  '~': isTilde,
  '^': isCaret,
}

function isDifferent(version: SemVer, { version: bound, dirty }: Term): boolean {
  if (dirty === 'no' || dirty === 'major') return compareVersions(version, bound) !== 0
  if (version.major !== bound.major) return true
  if (dirty === 'minor') return false
  return version.minor !== bound.minor || comparePrereleases(version.prerelease, bound.prerelease) !== 0
}

function isGreater(version: SemVer, { version: bound, dirty }: Term): boolean {
  if (dirty === 'no') return compareVersions(version, bound) > 0
  if (version.major !== bound.major) return version.major > bound.major
  if (dirty === 'minor') return false
  if (dirty === 'patch') return version.minor > bound.minor
  return compareVersions(version, bound) > 0
}

function isAtMost(version: SemVer, { version: bound, dirty }: Term): boolean {
  if (dirty === 'no') return compareVersions(version, bound) <= 0
  if (version.major !== bound.major) return version.major < bound.major
  return version.minor <= bound.minor || dirty === 'minor'
}

function isTilde(version: SemVer, { version: bound, dirty }: Term): boolean {
  if (compareVersions(version, bound) < 0) return false
  const isZero = bound.major === 0 && bound.minor === 0 && bound.patch === 0
  if (isZero && dirty !== 'minor' && dirty !== 'patch') return true
  return version.major === bound.major && (version.minor === bound.minor || dirty === 'minor')
}

function isCaret(version: SemVer, { version: bound, dirty }: Term): boolean {
  if (compareVersions(version, bound) < 0) return false
  if (bound.major > 0 || dirty === 'minor') return version.major === bound.major
  if (version.major > bound.major) return false
  if (bound.minor > 0 || dirty === 'patch') return version.minor === bound.minor
  return version.minor === 0 && version.patch === bound.patch
}

function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0
  if (a === '') return 1
  if (b === '') return -1
  const [left, right] = [a.split('.'), b.split('.')]
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const order = compareSteps(left[index], right[index])
    if (order !== 0) return order
  }
  return 0
}

function compareSteps(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0
  if (a === undefined) return -1
  if (b === undefined) return 1
  const [isNumberA, isNumberB] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1
  if (isNumberA && a.length !== b.length) return a.length < b.length ? -1 : 1
  return a < b ? -1 : 1
}
