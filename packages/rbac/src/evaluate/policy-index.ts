import type { ParsedPolicy, Rule } from '../policy/parse.ts'

/** Longest chain of `g` lines that still gives the role at its end. */
export const longestRoleChain = 10

/** A rule with its position among all rules of the evaluation. */
export interface OrderedRule {
  readonly rule: Rule
  readonly order: number
}

/** Lines by whom they concern. */
export class PolicyIndex {
  readonly rulesBySubject = new Map<string, OrderedRule[]>()
  readonly rolesByMember = new Map<string, string[]>()

  /** `firstOrder` continues the count of the policy that this one is added to. */
  constructor(policies: readonly ParsedPolicy[], firstOrder = 0) {
    let order = firstOrder
    for (const { rules, links } of policies) {
      for (const rule of rules) append(this.rulesBySubject, rule.subject, { rule, order: order++ })
      for (const { member, role } of links) append(this.rolesByMember, member, role)
    }
  }
}

/** A subject and the roles it has by these policies together; a circle ends where it began. */
export function rolesOf(subject: string, indexes: readonly PolicyIndex[]): Set<string> {
  const reached = new Set([subject])
  let edge = [subject]
  for (let hop = 0; hop < longestRoleChain && edge.length > 0; hop += 1) {
    const next: string[] = []
    for (const member of edge)
      for (const index of indexes)
        for (const role of index.rolesByMember.get(member) ?? []) {
          if (reached.has(role)) continue
          reached.add(role)
          next.push(role)
        }
    edge = next
  }
  return reached
}

/** Whether a policy adds anything for a subject that has these roles. */
export function concerns(index: PolicyIndex, roles: ReadonlySet<string>): boolean {
  for (const subject of index.rulesBySubject.keys()) if (roles.has(subject)) return true
  for (const member of index.rolesByMember.keys()) if (roles.has(member)) return true
  return false
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
