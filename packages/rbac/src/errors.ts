import { defineErrors } from '@driftless/foundation'

/** Errors of reading policies and asking about them. */
export const RbacErrors = defineErrors('RBAC', {
  INVALID_POLICY: {
    status: 400,
    message: (p: { source: string; line: number; reason: string; others: number }) =>
      `invalid policy: ${p.source} line ${p.line}: ${p.reason}${p.others > 0 ? ` (and ${p.others} more)` : ''}`,
  },
  TOO_LARGE: {
    status: 413,
    message: (p: { characters: number; limit: number }) =>
      `the policy has ${p.characters} characters; at most ${p.limit} are read, split it or use patterns`,
  },
  INVALID_REQUEST: {
    status: 400,
    message: (p: { field: string; wanted: string }) => `the field ${p.field} must be ${p.wanted}`,
  },
  UNKNOWN_RESOURCE: {
    status: 400,
    message: (p: { resource: string; known: readonly string[] }) =>
      `${JSON.stringify(p.resource)} is not a resource; known are ${p.known.join(', ')}`,
  },
  UNKNOWN_ACTION: {
    status: 400,
    message: (p: { resource: string; action: string; known: readonly string[] }) =>
      `${JSON.stringify(p.action)} is not an action of ${p.resource}; known are ${p.known.join(', ')}`,
  },
  DENIED: {
    status: 403,
    message: (p: { resource: string; action: string; object: string; subject: string; issuedAt?: string }) =>
      `permission denied: ${p.resource}, ${p.action}, ${p.object}, sub: ${p.subject}${p.issuedAt ? `, iat: ${p.issuedAt}` : ''}`,
  },
})
