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
  readonly #shared = new Map<string, ObjectSets>()
  readonly #groups: readonly RuleGroup[]
  readonly #grown: (entries: number) => void

  /** `grown` is told how much memory a look-up took, in entries. */
  constructor(subject: string, indexes: readonly PolicyIndex[], options: ViewOptions) {
    this.roles = rolesOf(subject, indexes)
    this.#patterns = options.patterns
    this.#grown = options.grown
    const found = indexes.flatMap((index) => [...this.roles].flatMap((role) => index.rulesBySubject.get(role) ?? []))
    this.rules = found.sort((a, b) => a.order - b.order).map(({ rule }) => rule)
    this.#groups = this.#group()
  }

  sets(resource: string, action: string): ObjectSets {
    const byAction = this.#sets.get(resource) ?? new Map<string, ObjectSets>()
    const found = byAction.get(action)
    if (found !== undefined) return found
    const made = this.#find(resource, action)
    // Telling may drop this view from its owner, which does no harm to who is using it.
    this.#grown(8)
    this.#sets.set(resource, byAction.set(action, made))
    return made
  }

  /** Actions that the same lines speak of share their sets, however many actions are asked for. */
  #find(resource: string, action: string): ObjectSets {
    const fitting: RuleGroup[] = []
    let broken: Rule | undefined
    let work = 0
    for (const group of this.#groups) {
      work += group.resource.text.length * resource.length + group.action.text.length * action.length
      const fits = work > mostWork ? 'broken' : this.#fits(group, resource, action)
      if (fits === true) fitting.push(group)
      else if (fits === 'broken' && (this.#patterns.mode === 'regex' || work > mostWork)) broken ??= group.rules[0]
      if (work > mostWork) break
    }
    if (broken !== undefined) return this.#brokenSets(broken)
    const key = fitting.map(({ id }) => id).join()
    const found = this.#shared.get(key)
    if (found !== undefined) return found
    const made = this.#build(fitting)
    this.#grown(made.rules.length + key.length)
    this.#shared.set(key, made)
    return made
  }

  #build(groups: readonly RuleGroup[]): ObjectSets {
    const sets = new ObjectSets(this.#patterns)
    const wanted = new Set(groups.flatMap(({ rules }) => rules))
    for (const rule of groups.length === 1 ? wanted : this.rules) {
      if (!wanted.has(rule)) continue
      const object = this.#patterns.get(rule.object)
      if (object.invalid !== undefined) {
        if (this.#patterns.mode === 'regex') sets.broken ??= rule
        continue
      }
      sets.rules.push(rule)
      if (rule.effect === 'allow') sets.allow.add(object)
      else if (rule.effect === 'deny') sets.deny.add(object)
    }
    return sets
  }

  #brokenSets(rule: Rule): ObjectSets {
    const sets = new ObjectSets(this.#patterns)
    sets.broken = rule
    return sets
  }

  #fits({ resource, action }: RuleGroup, ...asked: [resource: string, action: string]): boolean | 'broken' {
    if (resource.invalid !== undefined) return 'broken'
    if (!resource.matches(asked[0])) return false
    return action.invalid === undefined ? action.matches(asked[1]) : 'broken'
  }

  /** Rules that speak of the same resources and actions. */
  #group(): RuleGroup[] {
    const groups = new Map<string, RuleGroup>()
    for (const rule of this.rules) {
      const key = `${rule.resource}\n${rule.action}`
      const [resource, action] = [this.#patterns.get(rule.resource), this.#patterns.get(rule.action)]
      const group = groups.get(key) ?? { id: groups.size, resource, action, rules: [] }
      group.rules.push(rule)
      groups.set(key, group)
    }
    return [...groups.values()]
  }
}

interface RuleGroup {
  readonly id: number
  readonly resource: Pattern
  readonly action: Pattern
  /** In order. */
  readonly rules: Rule[]
}

/** What views of one enforcer share. */
export interface ViewOptions {
  readonly patterns: PatternCache
  readonly grown: (entries: number) => void
}
