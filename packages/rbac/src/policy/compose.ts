import { messageOf } from '@driftless/foundation'
import { parseYaml } from '@driftless/kube-objects'

/** A named part of a policy. */
export interface PolicyPart {
  readonly source: string
  readonly text: string
}

/** How patterns are read: whole-text globs, or regular expressions that may match anywhere. */
export type MatchMode = 'glob' | 'regex'

/** What the data of `argocd-rbac-cm` says. */
export interface AccessSettings {
  /** `policy.csv` and then every `policy.*.csv` in the order of their keys. */
  readonly parts: readonly PolicyPart[]
  readonly defaultRole: string
  readonly scopes: readonly string[]
  readonly matchMode: MatchMode
  /** Keys whose value cannot be read; the default stands for them. */
  readonly problems: readonly { readonly key: string; readonly message: string }[]
}

/** Data of a ConfigMap. */
export type ConfigData = Readonly<Record<string, string>>

/** Claims that name groups when nothing else is configured. */
export const defaultScopes: readonly string[] = ['groups']

const mainKey = 'policy.csv'

/** The parts of the user policy in their order; the main part is there only with its key. */
export function policyParts(data: ConfigData): PolicyPart[] {
  const overlays = Object.keys(data)
    .filter((key) => key !== mainKey && key.startsWith('policy.') && key.endsWith('.csv'))
    .sort(byBytes)
  const keys = Object.hasOwn(data, mainKey) ? [mainKey, ...overlays] : overlays
  return keys.map((source) => ({ source, text: data[source] ?? '' }))
}

/** The user policy as one text: `policy.csv`, then each further part after a line break. */
export function composePolicy(data: ConfigData): string {
  const main = Object.hasOwn(data, mainKey) ? (data[mainKey] ?? '') : ''
  const overlays = policyParts(data).filter(({ source }) => source !== mainKey)
  return main + overlays.map(({ text }) => `\n${text}`).join('')
}

/** Reads the data of `argocd-rbac-cm`. */
export function readAccessSettings(data: ConfigData): AccessSettings {
  const scopes = readScopes(data.scopes)
  return {
    parts: policyParts(data),
    defaultRole: data['policy.default'] ?? '',
    scopes: scopes.value,
    matchMode: matchModeOf(data['policy.matchMode']),
    problems: scopes.problem === undefined ? [] : [{ key: 'scopes', message: scopes.problem }],
  }
}

/** `regex` where that is asked for; everything else is `glob`. */
export function matchModeOf(text: string | undefined): MatchMode {
  return text === 'regex' ? 'regex' : 'glob'
}

function readScopes(text: string | undefined): { value: readonly string[]; problem?: string } {
  if (text === undefined || text.trim() === '') return { value: defaultScopes }
  try {
    const value = parseYaml(text)
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return { value: value as string[] }
    return { value: defaultScopes, problem: 'it must be a list of claim names, such as [groups, email]' }
  } catch (error) {
    return { value: defaultScopes, problem: messageOf(error) }
  }
}

/** Order of Go's string comparison for valid UTF-8: by code points. */
function byBytes(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
