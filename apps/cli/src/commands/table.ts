import type { Command } from './command.ts'

/** A command that is loaded when it is called. */
export interface CommandEntry {
  readonly summary: string
  readonly load: () => Promise<Command>
}

/** Every command by its words. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  login: {
    summary: 'Logs in to a server and keeps the context',
    load: async () => (await import('./session/login.ts')).login,
  },
  logout: {
    summary: 'Ends the session of a context',
    load: async () => (await import('./session/logout.ts')).logout,
  },
  context: {
    summary: 'Lists, switches and deletes contexts',
    load: async () => (await import('./session/context.ts')).context,
  },
  version: {
    summary: 'Prints the versions of this command and of the server',
    load: async () => (await import('./version/version.ts')).version,
  },
  'account get-user-info': {
    summary: 'Says who is logged in',
    load: async () => (await import('./account/get-user-info.ts')).accountGetUserInfo,
  },
  'account can-i': {
    summary: 'Says whether one may do something',
    load: async () => (await import('./account/can-i.ts')).accountCanI,
  },
  'account update-password': {
    summary: 'Changes a password',
    load: async () => (await import('./account/update-password.ts')).accountUpdatePassword,
  },
  'app list': {
    summary: 'Lists applications',
    load: async () => (await import('./app/list.ts')).appList,
  },
  'app get': {
    summary: 'Shows an application and its resources',
    load: async () => (await import('./app/get.ts')).appGet,
  },
  'app create': {
    summary: 'Creates applications from flags or manifests',
    load: async () => (await import('./app/create.ts')).appCreate,
  },
  'app set': {
    summary: 'Changes parameters of an application',
    load: async () => (await import('./app/set.ts')).appSet,
  },
  'app unset': {
    summary: 'Removes overrides of an application',
    load: async () => (await import('./app/unset.ts')).appUnset,
  },
  'app patch': {
    summary: 'Patches an application',
    load: async () => (await import('./app/patch.ts')).appPatch,
  },
  'app diff': {
    summary: 'Shows what differs between cluster and git',
    load: async () => (await import('./app/diff.ts')).appDiff,
  },
  'app sync': {
    summary: 'Deploys what git says',
    load: async () => (await import('./app/sync.ts')).appSync,
  },
  'app wait': {
    summary: 'Waits for a state of applications',
    load: async () => (await import('./app/wait.ts')).appWait,
  },
  'app history': {
    summary: 'Lists the deployments of an application',
    load: async () => (await import('./app/history.ts')).appHistory,
  },
  'app rollback': {
    summary: 'Deploys an earlier deployment again',
    load: async () => (await import('./app/rollback.ts')).appRollback,
  },
  'app terminate-op': {
    summary: 'Terminates the running operation',
    load: async () => (await import('./app/terminate-op.ts')).appTerminateOp,
  },
  'app resources': {
    summary: 'Lists the live resources of an application',
    load: async () => (await import('./app/resources.ts')).appResources,
  },
  'app manifests': {
    summary: 'Prints desired or live manifests',
    load: async () => (await import('./app/manifests.ts')).appManifests,
  },
  'app get-resource': {
    summary: 'Prints live resources',
    load: async () => (await import('./app/get-resource.ts')).appGetResource,
  },
  'app delete-resource': {
    summary: 'Deletes live resources',
    load: async () => (await import('./app/delete-resource.ts')).appDeleteResource,
  },
  'app logs': {
    summary: 'Prints logs of an application’s pods',
    load: async () => (await import('./app/logs.ts')).appLogs,
  },
  'app delete': {
    summary: 'Deletes applications',
    load: async () => (await import('./app/delete.ts')).appDelete,
  },
  'repo add': {
    summary: 'Connects a repository',
    load: async () => (await import('./repo/add.ts')).repoAdd,
  },
  'repo list': {
    summary: 'Lists repositories',
    load: async () => (await import('./repo/list.ts')).repoList,
  },
  'repo get': {
    summary: 'Shows a repository',
    load: async () => (await import('./repo/get.ts')).repoGet,
  },
  'repo rm': {
    summary: 'Disconnects repositories',
    load: async () => (await import('./repo/rm.ts')).repoRm,
  },
  'cluster list': {
    summary: 'Lists clusters',
    load: async () => (await import('./cluster/list.ts')).clusterList,
  },
  'cluster get': {
    summary: 'Shows a cluster',
    load: async () => (await import('./cluster/get.ts')).clusterGet,
  },
  'cluster rm': {
    summary: 'Forgets clusters',
    load: async () => (await import('./cluster/rm.ts')).clusterRm,
  },
  'proj list': {
    summary: 'Lists projects',
    load: async () => (await import('./proj/list.ts')).projList,
  },
  'proj get': {
    summary: 'Shows a project',
    load: async () => (await import('./proj/get.ts')).projGet,
  },
  'helm template': {
    summary: 'Renders a chart as `helm template` does',
    load: async () => (await import('./helm/template.ts')).helmTemplate,
  },
  'kustomize build': {
    summary: 'Builds a kustomization as `kustomize build` does',
    load: async () => (await import('./kustomize/build.ts')).kustomizeBuild,
  },
  jsonnet: {
    summary: 'Evaluates a Jsonnet program as `jsonnet` does',
    load: async () => (await import('./jsonnet/jsonnet.ts')).jsonnet,
  },
  'admin batch': {
    summary: 'Answers JSON requests line by line with the pure engines',
    load: async () => (await import('./admin/batch.ts')).adminBatch,
  },
  'admin settings rbac can': {
    summary: 'Says whether a policy lets a subject do something',
    load: async () => (await import('./admin/settings/rbac/can.ts')).rbacCan,
  },
  'admin settings rbac validate': {
    summary: 'Lists what is wrong in a policy',
    load: async () => (await import('./admin/settings/rbac/validate.ts')).rbacValidate,
  },
  'admin settings resource-overrides health': {
    summary: 'Says how healthy an object is by its own status',
    load: async () => (await import('./admin/settings/resource-overrides/health.ts')).resourceOverridesHealth,
  },
}
