import { RbacErrors } from '../errors.ts'
import { splitCsvLine } from './csv-line.ts'

/** Where a line of a policy stands. */
export interface LinePlace {
  /** `built-in policy`, `policy.csv`, `policy.<name>.csv`, `project <name> role <role>`, … */
  readonly source: string
  /** 1-based. */
  readonly line: number
}

/** A `p` line: whom it concerns, the three patterns, and what it does. */
export interface Rule extends LinePlace {
  readonly subject: string
  readonly resource: string
  readonly action: string
  readonly object: string
  /** `allow` and `deny` count; any other word makes the line decide nothing. */
  readonly effect: string
  readonly text: string
}

/** A `g` line: the member has everything the role has. */
export interface RoleLink extends LinePlace {
  readonly member: string
  readonly role: string
  readonly text: string
}

/** A line that cannot be read. */
export interface PolicyProblem extends LinePlace {
  readonly message: string
}

/** A policy text in parts; a policy with problems must not be used. */
export interface ParsedPolicy {
  readonly rules: readonly Rule[]
  readonly links: readonly RoleLink[]
  readonly problems: readonly PolicyProblem[]
}

/** Longest policy text that is read, in UTF-16 units. */
export const longestPolicy = 32 * 1024 * 1024

/** Reads policy CSV: `p` lines of 6 fields, `g` lines of 3, `#` comments and blank lines. Throws `RBAC_TOO_LARGE` only. */
export function parsePolicy(text: string, source = 'policy.csv'): ParsedPolicy {
  if (text.length > longestPolicy) throw RbacErrors.TOO_LARGE({ characters: text.length, limit: longestPolicy })
  const parsed: MutablePolicy = { rules: [], links: [], problems: [] }
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line !== '' && !line.startsWith('#')) readLine(line, { source, line: index + 1 }, parsed)
  }
  return parsed
}

interface MutablePolicy {
  readonly rules: Rule[]
  readonly links: RoleLink[]
  readonly problems: PolicyProblem[]
}

function readLine(text: string, place: LinePlace, into: MutablePolicy): void {
  const fields = splitCsvLine(text)
  if (!fields.ok) return void into.problems.push({ ...place, message: fields.error })
  const [kind = '', first = '', second = '', action = '', object = '', effect = ''] = fields.value
  const count = fields.value.length
  if (kind === 'p' && count === 6)
    into.rules.push({ ...place, subject: first, resource: second, action, object, effect, text })
  else if (kind === 'g' && count === 3) into.links.push({ ...place, member: first, role: second, text })
  else into.problems.push({ ...place, message: whatIsWrong(kind, count) })
}

function whatIsWrong(kind: string, count: number): string {
  if (kind === 'p') return `a p line has 6 fields (p, subject, resource, action, object, effect), this one has ${count}`
  if (kind === 'g') return `a g line has 3 fields (g, member, role), this one has ${count}`
  return `a line begins with p or g, not with ${JSON.stringify(kind.slice(0, 40))}`
}
