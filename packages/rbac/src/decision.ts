import type { Unit } from './evaluate/units.ts'
import type { Rule } from './policy/parse.ts'

/** One question: may the caller do this action to this object of this resource? */
export interface AccessRequest {
  readonly resource: string
  readonly action: string
  readonly object: string
}

/** An answer with its reason. */
export interface Decision {
  readonly allowed: boolean
  /** The line that decided: the first that allows, or the first that denies; undefined when no line speaks of it. */
  readonly rule: Rule | undefined
  /** As whom the caller was allowed, or denied by a line. */
  readonly as: { readonly kind: Unit['as']; readonly name: string } | undefined
  /** One sentence for people. */
  readonly why: string
  /** The permission that is missing, in the words of a disabled button; undefined when allowed. */
  readonly missing: string | undefined
}

/** Answers by reading the lines of each unit in their order, to name the one that decides. */
export function explainUnits(units: readonly Unit[], request: AccessRequest): Decision {
  let refusal: { unit: Unit; rule: Rule; reason: string } | undefined
  for (const unit of units) {
    const outcome = unit.view.sets(request.resource, request.action).explain(request.object)
    if (outcome.verdict === 'allow') return allowedBy(unit, outcome.rule)
    if (outcome.verdict === 'none') continue
    const isCloser = refusal === undefined || (refusal.unit.as === 'default role' && unit.as === 'subject')
    if (isCloser) refusal = { unit, rule: outcome.rule, reason: reasons[outcome.verdict] }
  }
  const missing = missingPermission(request)
  if (refusal === undefined)
    return { allowed: false, rule: undefined, as: undefined, missing, why: `no line allows ${describe(request)}` }
  const { unit, rule, reason } = refusal
  const as = { kind: unit.as, name: unit.name }
  return { allowed: false, rule, as, missing, why: `${reason} ${place(rule)}, ${speaker(unit)}: ${rule.text}` }
}

/** What to tell somebody who lacks a permission. */
export function missingPermission({ resource, action, object }: AccessRequest): string {
  return `You need the permission to ${action} ${resource} ${JSON.stringify(object)}`
}

const reasons = { deny: 'denied by', broken: 'refused, because it cannot be evaluated:' } as const

function allowedBy(unit: Unit, rule: Rule): Decision {
  const as = { kind: unit.as, name: unit.name }
  return {
    allowed: true,
    rule,
    as,
    missing: undefined,
    why: `allowed by ${place(rule)}, ${speaker(unit)}: ${rule.text}`,
  }
}

function place(rule: Rule): string {
  return `${rule.source} line ${rule.line}`
}

function speaker(unit: Unit): string {
  if (unit.as === 'default role') return `which the default role ${unit.name} has`
  if (unit.as === 'everybody') return 'which everybody has'
  return `which the ${unit.as} ${JSON.stringify(unit.name)} has`
}

function describe({ resource, action, object }: AccessRequest): string {
  return `${resource}, ${action}, ${object}`
}
