import { projectOfSubject } from './policy/project.ts'

/** Verified claims of a token; `{}` for a caller without one. */
export type Claims = Readonly<Record<string, unknown>>

/** Who asks, as policies see it. */
export interface Identity {
  readonly subject: string
  /** Values of the claims that count as groups, in order. */
  readonly groups: readonly string[]
  /** Whether what everybody may do (rules of the empty subject) counts too. */
  readonly isClaims: boolean
}

/** The identity behind claims; `scopes` are the names of the claims that list groups. */
export function identityOf(claims: Claims, scopes: readonly string[]): Identity {
  const groups = new Set(scopes.flatMap((scope) => valuesOf(claims, scope)))
  return remember({ subject: subjectOf(claims), groups: [...groups], isClaims: true })
}

/** The identity of a bare name: a user, a role, `proj:<project>:<role>`. */
export function identityOfName(subject: string): Identity {
  return remember({ subject, groups: [], isClaims: false })
}

/** Whether this was made here; claims that look like an identity are still claims. */
export function isIdentity(caller: object): caller is Identity {
  return identities.has(caller)
}

const identities = new WeakSet<object>()

function remember(identity: Identity): Identity {
  identities.add(identity)
  return Object.freeze(identity)
}

/** `federated_claims.user_id` where present, else `sub`; the capability of a local token (`:login`, `:apiKey`) is cut. */
export function subjectOf(claims: Claims): string {
  const federated = own(claims, 'federated_claims')
  if (typeof federated === 'object' && federated !== null) {
    const userId = own(federated as Claims, 'user_id')
    if (typeof userId === 'string' && userId !== '') return userId
  }
  const sub = own(claims, 'sub')
  if (typeof sub !== 'string') return ''
  const isLocal = own(claims, 'iss') === 'argocd' && projectOfSubject(sub) === undefined
  return isLocal ? sub.replace(/:(login|apiKey)$/, '') : sub
}

function valuesOf(claims: Claims, scope: string): string[] {
  const value = own(claims, scope)
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

function own(claims: Claims, name: string): unknown {
  return Object.hasOwn(claims, name) ? claims[name] : undefined
}
