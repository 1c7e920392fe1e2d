import { createPattern, type Pattern } from '../match/pattern.ts'
import { PatternSet } from '../match/pattern-set.ts'
import type { MatchMode } from '../policy/compose.ts'
import type { Rule } from '../policy/parse.ts'
import { type PolicyIndex, rolesOf } from './policy-index.ts'

/** What the rules of one subject say: allowed, denied by a rule, nothing, or that they cannot be evaluated. */
export type Verdict = 'allow' | 'deny' | 'none' | 'broken'

/** Work that finding the rules of one resource and action may cost: pattern characters times text characters. */
const mostWork = 500_000_000

/** Patterns by their text, made once for all rules that use them. */
export class PatternCache {
  readonly mode: MatchMode
  readonly #patterns = new Map<string, Pattern>()

  constructor(mode: MatchMode) {
    this.mode = mode
  }

  get(text: string): Pattern {
    const found = this.#patterns.get(text)
    if (found !== undefined) return found
    const made = createPattern(text, this.mode)
    this.#patterns.set(text, made)
    return made
  }
}

/** The objects that one subject may, and may not, do one thing to. */
export class ObjectSets {
  readonly allow = new PatternSet()
  readonly deny = new PatternSet()
  /** A rule that cannot be evaluated (an invalid regular expression, too much work): whatever reaches it is refused. */
  broken: Rule | undefined
  /** Rules of this resource and action, in order. */
  readonly rules: Rule[] = []
  readonly #patterns: PatternCache

  constructor(patterns: PatternCache) {
    this.#patterns = patterns
  }

  decide(object: string): Verdict {
    if (this.broken !== undefined) return 'broken'
    const each = this.#patterns.mode === 'regex' && object.includes('\n')
    if (this.allow.isEmpty && this.deny.isEmpty) return 'none'
    const denied = each ? this.deny.matchesEach(object) : this.deny.matches(object)
    if (denied !== false) return denied === true ? 'deny' : 'broken'
    const allowed = each ? this.allow.matchesEach(object) : this.allow.matches(object)
    if (allowed === 'tooMuch') return 'broken'
    return allowed ? 'allow' : 'none'
  }

  /** The same answer with the line behind it: the first that denies, else the first that allows. */
  explain(object: string): Explanation {
    const verdict = this.decide(object)
    const broken = this.broken ?? this.rules[0]
    if (verdict === 'none' || broken === undefined) return { verdict: 'none' }
    if (verdict === 'broken') return { verdict, rule: broken }
    const rule = this.rules.find(
      ({ effect, object: text }) => effect === verdict && this.#patterns.get(text).matches(object),
    )
    return { verdict, rule: rule ?? broken }
  }
}

/** A verdict with its line. */
export type Explanation =
  | { readonly verdict: Exclude<Verdict, 'none'>; readonly rule: Rule }
  | { readonly verdict: 'none' }

/** All rules of one subject, own and by roles, looked up by resource and action. */
export class SubjectView {
  readonly rules: readonly Rule[]
  readonly roles: ReadonlySet<string>
  readonly #patterns: PatternCache
  readonly #sets = new Map<string, Map<string, ObjectSets>>()
  readonly #grown: (entries: number) => void

  /** `grown` is told how much memory a look-up took, in entries. */
  constructor(subject: string, indexes: readonly PolicyIndex[], options: ViewOptions) {
    this.roles = rolesOf(subject, indexes)
    this.#patterns = options.patterns
    this.#grown = options.grown
    const found = indexes.flatMap((index) => [...this.roles].flatMap((role) => index.rulesBySubject.get(role) ?? []))
    this.rules = found.sort((a, b) => a.order - b.order).map(({ rule }) => rule)
  }

  sets(resource: string, action: string): ObjectSets {
    const byAction = this.#sets.get(resource) ?? new Map<string, ObjectSets>()
    const found = byAction.get(action)
    if (found !== undefined) return found
    const made = this.#build(resource, action)
    // Telling comes first: it may drop this view from its owner, which does no harm to who is using it.
    this.#grown(made.rules.length + 8)
    this.#sets.set(resource, byAction.set(action, made))
    return made
  }

  #build(resource: string, action: string): ObjectSets {
    const sets = new ObjectSets(this.#patterns)
    let work = 0
    for (const rule of this.rules) {
      work += rule.resource.length * resource.length + rule.action.length * action.length
      if (work > mostWork) {
        sets.broken ??= rule
        return sets
      }
      const fits = this.#fits(rule, resource, action)
      const object = this.#patterns.get(rule.object)
      const isBroken = fits === 'broken' || (fits && object.invalid !== undefined)
      if (isBroken && this.#patterns.mode === 'regex') sets.broken ??= rule
      if (fits !== true || isBroken) continue
      sets.rules.push(rule)
      if (rule.effect === 'allow') sets.allow.add(object)
      else if (rule.effect === 'deny') sets.deny.add(object)
    }
    return sets
  }

  #fits(rule: Rule, resource: string, action: string): boolean | 'broken' {
    const [first, second] = [this.#patterns.get(rule.resource), this.#patterns.get(rule.action)]
    if (first.invalid !== undefined) return 'broken'
    if (!first.matches(resource)) return false
    return second.invalid === undefined ? second.matches(action) : 'broken'
  }
}

/** What views of one enforcer share. */
export interface ViewOptions {
  readonly patterns: PatternCache
  readonly grown: (entries: number) => void
}
