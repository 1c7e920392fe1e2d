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
    message: (p: { name: string }) =>
      `application "${p.name}" was changed by somebody else: read it again and repeat the change`,
  },
  SPEC_DIFFERS: {
    status: 400,
    message: () => 'existing application spec is different, use upsert flag to force update',
  },
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
    message: (p: { revision: string; target: string }) =>
      `Cannot sync to ${p.revision}: auto-sync currently set to ${p.target}`,
  },
  NO_RESOURCE: {
    status: 400,
    message: (p: { kind: string; group: string; resource: string; name: string }) =>
      `${p.kind} ${p.group} ${p.resource} not found as part of application ${p.name}`,
  },
  CLUSTER_UNKNOWN: {
    status: 400,
    message: (p: { destination: string }) =>
      `cluster "${p.destination}" is not registered: connect it under Settings, Clusters`,
  },
  NO_SOURCE: {
    status: 400,
    message: (p: { name: string; position: number }) => `application ${p.name} has no source at position ${p.position}`,
  },
  TOO_MANY_PODS: {
    status: 400,
    message: (p: { pods: number; limit: number }) =>
      `max pods to view logs are reached. Please provide more granular query (${p.pods} pods, at most ${p.limit})`,
  },
  NAME_INVALID: {
    status: 400,
    message: (p: { name: string }) =>
      `"${p.name}" is no application name: use lower-case letters, digits, "-" and ".", starting and ending with a letter or digit`,
  },
  NAMESPACE_REFUSED: {
    status: 403,
    message: (p: { namespace: string }) => `namespace '${p.namespace}' is not permitted`,
  },
  PATCH_INVALID: {
    status: 400,
    message: (p: { name: string; reason: string }) => `application ${p.name} cannot be patched: ${p.reason}`,
  },
  DESTINATION_AMBIGUOUS: {
    status: 400,
    message: (p: { name: string; server: string }) =>
      `application destination can't have both name and server defined: ${p.name} ${p.server}`,
  },
  CHART_SOURCE: {
    status: 400,
    message: (p: { chart: string; repoURL: string }) =>
      `chart ${p.chart} of ${p.repoURL}: Helm repositories are not supported yet; keep the chart in a git repository`,
  },
  CLUSTER_NOT_READY: {
    status: 503,
    retryable: true,
    message: (p: { server: string; seconds: number }) =>
      `cluster ${p.server} has not answered for ${p.seconds} s since it was connected; its state is unknown until it does`,
  },
  REFRESH_TIMEOUT: {
    status: 504,
    retryable: true,
    message: (p: { name: string; seconds: number }) =>
      `application ${p.name} was not compared within ${p.seconds} s; the refresh goes on in the background`,
  },
})
