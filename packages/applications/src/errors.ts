import { defineErrors } from '@driftless/foundation'

/** What can go wrong with an application; messages are the wire texts that clients know (spec: api §8). */
export const ApplicationErrors = defineErrors('APPLICATION', {
  NOT_FOUND: { status: 404, message: (p: { name: string }) => `applications.argoproj.io "${p.name}" not found` },
  EXISTS: {
    status: 409,
    message: (p: { name: string }) => `application "${p.name}" exists already: choose another name or update it`,
  },
  CONFLICT: {
    status: 409,
    retryable: true,
    message: (p: { name: string }) => `application "${p.name}" was changed by somebody else: read it again and repeat the change`,
  },
  SPEC_DIFFERS: { status: 400, message: () => 'existing application spec is different, use upsert flag to force update' },
  SPEC_INVALID: {
    status: 400,
    message: (p: { name: string; problems: readonly { type: string; message: string }[] }) =>
      `application spec for ${p.name} is invalid: ${p.problems.map((problem) => `${problem.type}: ${problem.message}`).join(';')}`,
  },
  OPERATION_RUNNING: { status: 400, message: () => 'another operation is already in progress' },
  NO_OPERATION: { status: 400, message: () => 'Unable to terminate operation. No operation is in progress' },
  DELETING: { status: 400, message: () => 'application is deleting' },
  ROLLBACK_AUTOMATED: { status: 400, message: () => 'rollback cannot be initiated when auto-sync is enabled' },
  NO_DEPLOYMENT: {
    status: 400,
    message: (p: { name: string; id: number }) =>
      `application ${p.name} does not have deployment id ${p.id}: choose one of its history`,
  },
  REVISION_AUTOMATED: {
    status: 400,
    message: (p: { revision: string; target: string }) => `Cannot sync to ${p.revision}: auto-sync currently set to ${p.target}`,
  },
  NO_RESOURCE: {
    status: 400,
    message: (p: { kind: string; group: string; resource: string; name: string }) =>
      `${p.kind} ${p.group} ${p.resource} not found as part of application ${p.name}`,
  },
  CLUSTER_UNKNOWN: {
    status: 400,
    message: (p: { destination: string }) => `cluster "${p.destination}" is not registered: connect it under Settings, Clusters`,
  },
})
