import { createPattern } from '../match/pattern.ts'
import { resolveResource, resources } from '../vocabulary.ts'
import { builtInPolicy } from './built-in.ts'
import type { MatchMode, PolicyPart } from './compose.ts'
import { type ParsedPolicy, type PolicyProblem, parsePolicy, type Rule } from './parse.ts'

/** What is wrong with a policy, and what is only strange. */
export interface PolicyReport {
  /** Lines that make the whole policy unusable. */
  readonly problems: readonly PolicyProblem[]
  /** Lines that can be read and probably do not do what was meant. */
  readonly warnings: readonly PolicyProblem[]
}

/** Checks policy CSV, alone or in parts; roles may also come from the built-in policy. */
export function validatePolicy(policy: string | readonly PolicyPart[], mode: MatchMode = 'glob'): PolicyReport {
  const parts = typeof policy === 'string' ? [{ source: 'policy.csv', text: policy }] : policy
  const parsed = parts.map(({ source, text }) => parsePolicy(text, source))
  return {
    problems: parsed.flatMap(({ problems }) => problems),
    warnings: [
      ...parsed.flatMap(({ rules }) => rules.flatMap((rule) => strangeRule(rule, mode))),
      ...emptyRoles(parsed),
    ],
  }
}

function strangeRule(rule: Rule, mode: MatchMode): PolicyProblem[] {
  const { source, line } = rule
  const messages: string[] = []
  if (rule.effect !== 'allow' && rule.effect !== 'deny')
    messages.push(`the effect ${JSON.stringify(rule.effect)} is neither allow nor deny, so the line does nothing`)
  for (const part of ['resource', 'action', 'object'] as const) {
    const { invalid } = createPattern(rule[part], mode)
    if (invalid !== undefined) messages.push(`the ${part} can never match: ${invalid}`)
  }
  messages.push(...strangeWords(rule, mode))
  return messages.map((message) => ({ source, line, message }))
}

function strangeWords({ resource, action, object }: Rule, mode: MatchMode): string[] {
  const known = Object.keys(resources)
  const pattern = createPattern(resource, mode)
  if (pattern.invalid !== undefined) return []
  if (!known.some((name) => pattern.matches(name))) {
    const meant = resolveResource(resource)
    return [`no resource is called ${JSON.stringify(resource)}${meant === resource ? '' : `; ${meant} may be meant`}`]
  }
  const words = Object.hasOwn(resources, resource) ? resources[resource] : undefined
  if (words === undefined || mode !== 'glob') return []
  const messages: string[] = []
  const verb = action.split('/')[0] ?? ''
  if (/^[a-z-]+$/.test(verb) && !words.actions.includes(verb))
    messages.push(`${resource} have no action ${JSON.stringify(verb)}; known are ${words.actions.join(', ')}`)
  if (words.objects.startsWith('<project>/') && /^[\w.-]+$/.test(object))
    messages.push(`objects of ${resource} are ${words.objects}, which ${JSON.stringify(object)} never matches`)
  return messages
}

/** Roles given by `g` lines that come with no permission. */
function emptyRoles(parsed: readonly ParsedPolicy[]): PolicyProblem[] {
  const all = [parsePolicy(builtInPolicy), ...parsed]
  const withRules = new Set(all.flatMap(({ rules }) => rules.map(({ subject }) => subject)))
  const members = new Map<string, string[]>()
  for (const { links } of all)
    for (const { member, role } of links) {
      const known = members.get(role)
      if (known === undefined) members.set(role, [member])
      else known.push(member)
    }
  const useful = reachAll(withRules, members)
  return parsed
    .flatMap(({ links }) => links)
    .filter(({ role }) => !useful.has(role) && !role.startsWith('proj:'))
    .map(({ source, line, role }) => ({
      source,
      line,
      message: `no line gives a permission to the role ${JSON.stringify(role)}`,
    }))
}

/** Names from which a permission can be reached, walking `g` lines backwards. */
function reachAll(start: ReadonlySet<string>, members: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set(start)
  const pending = [...start]
  for (let role = pending.pop(); role !== undefined; role = pending.pop())
    for (const member of members.get(role) ?? []) {
      if (reached.has(member)) continue
      reached.add(member)
      pending.push(member)
    }
  return reached
}
