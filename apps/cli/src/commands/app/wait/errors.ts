import { defineErrors } from '@driftless/foundation'

/** Ends of a wait that are not what was waited for. */
export const WaitErrors = defineErrors('WAIT', {
  TIMEOUT: {
    status: 504,
    message: (p: { name: string; seconds: number }) =>
      `timed out (${p.seconds}s) waiting for app ${JSON.stringify(p.name)} to match the desired state`,
  },
  DEGRADED: {
    status: 409,
    message: (p: { resource: string }) => `${p.resource} turned Degraded while its health was waited for`,
  },
  GONE: {
    status: 404,
    message: (p: { name: string }) => `application '${p.name}' was deleted while it was waited for`,
  },
})
