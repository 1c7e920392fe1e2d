import type { Clock } from '@driftless/foundation'
import type { AccountRecord, AccountStore } from '../store/accounts.ts'
import type { SessionStore } from '../store/sessions.ts'
import type { Caller } from './caller.ts'
import { AuthErrors } from './errors.ts'
import { hashPassword, passwordPattern, verifyPassword } from './password.ts'
import type { TokenClaims, Tokens } from './tokens.ts'

/** Limits of sign-in. */
export interface LoginLimits {
  /** Consecutive failures of an account after which every answer is a refusal. */
  readonly maxFailures: number
  /** How long failures count, seconds. */
  readonly windowSeconds: number
  /** Life of a login session, seconds. */
  readonly sessionSeconds: number
}

export const defaultLoginLimits: LoginLimits = { maxFailures: 5, windowSeconds: 300, sessionSeconds: 86_400 }

/** Sign-in with local accounts, and the sessions that come of it. */
export interface Authenticator {
  /** Throws `AUTH_INVALID_CREDENTIALS`, the same and as late for an unknown user, a wrong password and a throttled account. */
  login(username: string, password: string): Promise<{ token: string; expiresAt: Date | undefined }>
  /** Throws `AUTH_INVALID_SESSION`. */
  authenticate(token: string): Promise<Caller>
  logout(caller: Caller): Promise<void>
  /** Changes the caller's own password and ends the account's other sessions. */
  changePassword(caller: Caller, change: { name: string; current: string; next: string }): Promise<void>
  /** Aborts when the session ends: logout, password change, disabled account, expiry. */
  sessionSignal(caller: Caller): { signal: AbortSignal; release(): void }
}

interface Parts {
  readonly accounts: AccountStore
  readonly sessions: SessionStore
  readonly tokens: Tokens
  readonly clock: Clock
  readonly limits: LoginLimits
  /** Called when an account's password was changed. */
  readonly onPasswordChanged?: (account: string) => void
}

const recheckMs = 10_000

/** Creates the authenticator. */
export function createAuthenticator(parts: Parts): Authenticator {
  const { sessions, tokens, clock } = parts
  const open = new Map<string, Set<AbortController>>()
  const isValid = async (id: string): Promise<boolean> => (await sessions.findValid(id)) !== undefined
  const recheck = async (): Promise<void> => {
    for (const [id, controllers] of open) {
      if (await isValid(id).catch(() => true)) continue
      for (const controller of controllers) controller.abort()
    }
  }
  const inTurn = createTurns()
  const keepChecking = (): void => {
    clock.after(recheckMs, () => {
      if (open.size === 0) return
      void recheck().finally(keepChecking)
    })
  }

  return {
    login: (username, password) => inTurn(username, () => login(parts, username, password)),
    async authenticate(token) {
      const claims = await tokens.read(token, clock.now()).catch((cause: unknown) => {
        throw AuthErrors.INVALID_SESSION({ reason: 'the token is not valid or has expired: log in again' }, { cause })
      })
      const session = await sessions.findValid(claims.id)
      if (session === undefined || session.account !== claims.account) {
        throw AuthErrors.INVALID_SESSION({ reason: 'the session has ended: log in again' })
      }
      return callerOf(claims)
    },
    async logout(caller) {
      await sessions.revoke(caller.sessionId)
      await recheck()
    },
    async changePassword(caller, change) {
      await changePassword(parts, caller, change)
      await recheck()
    },
    sessionSignal(caller) {
      const controller = new AbortController()
      const controllers = open.get(caller.sessionId) ?? new Set()
      if (open.size === 0) keepChecking()
      open.set(caller.sessionId, controllers.add(controller))
      return {
        signal: controller.signal,
        release() {
          controllers.delete(controller)
          if (controllers.size === 0 && open.get(caller.sessionId) === controllers) open.delete(caller.sessionId)
        },
      }
    },
  }
}

/** Runs the attempts of one user name one after the other, so that a burst cannot outrun the count of failures. */
function createTurns() {
  const last = new Map<string, Promise<unknown>>()
  return <T>(name: string, attempt: () => Promise<T>): Promise<T> => {
    const turn = (last.get(name) ?? Promise.resolve()).then(attempt, attempt)
    last.set(name, turn)
    const forget = (): void => {
      if (last.get(name) === turn) last.delete(name)
    }
    turn.then(forget, forget)
    return turn
  }
}

async function login(parts: Parts, username: string, password: string) {
  const { accounts, sessions, tokens, clock, limits } = parts
  if (username === '' || password === '') throw AuthErrors.BLANK_PASSWORD({})
  const now = clock.now()
  const windowStart = new Date(now.getTime() - limits.windowSeconds * 1000)
  const account = username.length > 32 ? undefined : await accounts.get(username)
  const matches = await verifyPassword(password, account?.passwordHash)
  const throttled = account !== undefined && isThrottled(account, limits, windowStart)
  if (account === undefined || !matches || throttled || !mayLogIn(account)) {
    // Attempts while throttled don't count, or a stranger could keep an account shut for ever.
    if (!throttled) await accounts.recordFailure(username.slice(0, 33), windowStart)
    throw AuthErrors.INVALID_CREDENTIALS({})
  }
  await accounts.recordSuccess(account.name)
  const { token, claims } = await tokens.issue(account.name, { kind: 'login', seconds: limits.sessionSeconds, now })
  await sessions.create(claims)
  return { token, expiresAt: claims.expiresAt }
}

function isThrottled(account: AccountRecord, limits: LoginLimits, windowStart: Date): boolean {
  return (
    account.failedLogins >= limits.maxFailures &&
    account.lastFailedAt !== undefined &&
    account.lastFailedAt > windowStart
  )
}

function mayLogIn(account: AccountRecord): boolean {
  return account.enabled && account.capabilities.includes('login')
}

async function changePassword(parts: Parts, caller: Caller, change: { name: string; current: string; next: string }) {
  const { accounts, sessions } = parts
  if (!new RegExp(passwordPattern).test(change.next)) throw AuthErrors.PASSWORD_PATTERN({ pattern: passwordPattern })
  const own = await accounts.get(caller.username)
  if (!(await verifyPassword(change.current, own?.passwordHash))) throw AuthErrors.WRONG_CURRENT_PASSWORD({})
  await accounts.setPassword(change.name, await hashPassword(change.next))
  await sessions.revokeAll(change.name, caller.username === change.name ? caller.sessionId : undefined)
  parts.onPasswordChanged?.(change.name)
}

function callerOf(claims: TokenClaims): Caller {
  return { username: claims.account, groups: [], issuer: 'argocd', sessionId: claims.id, issuedAt: claims.issuedAt }
}
