import { randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'

const issuer = 'argocd'
const audience = 'argocd'

/** What a valid token says. */
export interface TokenClaims {
  readonly id: string
  readonly account: string
  readonly kind: 'login' | 'apiKey'
  readonly issuedAt: Date
  readonly expiresAt: Date | undefined
}

/** Signs and reads session tokens (HS256; spec: rbac-auth §4). */
export interface Tokens {
  issue(
    account: string,
    options: { kind: 'login' | 'apiKey'; seconds: number; now: Date },
  ): Promise<{ token: string; claims: TokenClaims }>
  /** Throws when the signature, algorithm, issuer, audience or times are not right. */
  read(token: string, now: Date): Promise<TokenClaims>
}

/** Makes tokens with a key of at least 32 bytes, given in base64. */
export function createTokens(keyText: string): Tokens {
  const key = Buffer.from(keyText, 'base64')
  return {
    async issue(account, { kind, seconds, now }) {
      const issuedAt = new Date(Math.floor(now.getTime() / 1000) * 1000)
      const expiresAt = new Date(issuedAt.getTime() + seconds * 1000)
      const id = randomUUID()
      const token = await new SignJWT({})
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(`${account}:${kind}`)
        .setIssuedAt(issuedAt)
        .setNotBefore(issuedAt)
        .setExpirationTime(expiresAt)
        .setJti(id)
        .sign(key)
      return { token, claims: { id, account, kind, issuedAt, expiresAt } }
    },
    async read(token, now) {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        issuer,
        audience,
        currentDate: now,
        requiredClaims: ['sub', 'jti', 'iat', 'exp'],
      })
      const [account = '', kind] = (payload.sub ?? '').split(':')
      return {
        id: payload.jti ?? '',
        account,
        kind: kind === 'apiKey' ? 'apiKey' : 'login',
        issuedAt: new Date((payload.iat ?? 0) * 1000),
        expiresAt: payload.exp === undefined ? undefined : new Date(payload.exp * 1000),
      }
    },
  }
}
