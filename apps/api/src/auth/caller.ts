/** Who makes a request. */
export interface Caller {
  /** Account name; the subject of policies. */
  readonly username: string
  readonly groups: readonly string[]
  /** Who issued the token. */
  readonly issuer: string
  /** The token's `jti`. */
  readonly sessionId: string
  readonly issuedAt: Date
}

/** Decides whether a caller may do `action` to `object` of a kind `resource` (spec: rbac-auth §2). */
export interface Authorizer {
  allows(caller: Caller, request: AccessRequest): boolean
}

export interface AccessRequest {
  readonly resource: string
  readonly action: string
  readonly object: string
}

/** The policy while there is one account: `admin` may do everything, nobody else anything. */
export const adminOnly: Authorizer = { allows: (caller) => caller.username === 'admin' }
