import { defineErrors } from '@driftless/foundation'

/** Refusals of callers; texts are those that clients know (spec: rbac-auth §4, api §1). */
export const AuthErrors = defineErrors('AUTH', {
  INVALID_CREDENTIALS: { status: 401, message: () => 'Invalid username or password' },
  BLANK_PASSWORD: { status: 401, message: () => 'no credentials supplied' },
  NO_SESSION: { status: 401, message: () => 'no session information' },
  INVALID_SESSION: { status: 401, message: (p: { reason: string }) => `invalid session: ${p.reason}` },
  PERMISSION_DENIED: {
    status: 403,
    message: (p: { request?: string }) =>
      p.request === undefined ? 'permission denied' : `permission denied: ${p.request}`,
  },
  CROSS_SITE: {
    status: 403,
    message: (p: { origin: string }) =>
      `request from ${p.origin} refused: a browser's session works only from pages of Driftless itself; use a bearer token elsewhere`,
  },
  PASSWORD_PATTERN: {
    status: 400,
    message: (p: { pattern: string }) => `new password does not match the following expression: ${p.pattern}`,
  },
  WRONG_CURRENT_PASSWORD: { status: 400, message: () => 'current password does not match' },
})
