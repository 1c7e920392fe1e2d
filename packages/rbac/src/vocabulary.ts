import { RbacErrors } from './errors.ts'

/** What a request may be about. */
export interface ResourceWords {
  readonly actions: readonly string[]
  /** Actions that a path may follow, as in `update/apps/Deployment/ns/name`. */
  readonly withPath?: readonly string[]
  /** How objects are written. */
  readonly objects: string
  /** Other names that people use for it. */
  readonly aliases?: readonly string[]
}

const changes = ['get', 'create', 'update', 'delete']

/** Every resource by its name in policies. */
export const resources: Readonly<Record<string, ResourceWords>> = {
  applications: {
    actions: [...changes, 'sync', 'override', 'rollback', 'action'],
    withPath: ['update', 'delete', 'action'],
    objects: '<project>/<application> or <project>/<namespace>/<application>',
    aliases: ['app', 'apps', 'application'],
  },
  applicationsets: { actions: changes, objects: '<project>/<name>', aliases: ['appset', 'appsets', 'applicationset'] },
  logs: { actions: ['get'], objects: '<project>/<application>', aliases: ['log'] },
  exec: { actions: ['create'], objects: '<project>/<application>', aliases: ['execs'] },
  clusters: { actions: changes, objects: '<server> or <project>/<server>', aliases: ['cluster'] },
  repositories: { actions: changes, objects: '<URL> or <project>/<URL>', aliases: ['repo', 'repos', 'repository'] },
  'write-repositories': { actions: changes, objects: '<URL> or <project>/<URL>', aliases: ['write-repository'] },
  projects: { actions: changes, objects: '<project>', aliases: ['proj', 'projs', 'project'] },
  accounts: { actions: ['get', 'update'], objects: '<account>', aliases: ['account'] },
  certificates: { actions: changes, objects: '<server name>', aliases: ['cert', 'certs', 'certificate'] },
  gpgkeys: { actions: ['get', 'create', 'delete'], objects: '<key id>', aliases: ['gpgkey', 'key', 'keys'] },
  extensions: { actions: ['invoke'], objects: '<extension>', aliases: ['extension'] },
}

/** Resources whose objects may begin with a project, so that the roles of that project count. */
const ofProjects = new Set(['applications', 'applicationsets', 'logs', 'exec', 'clusters', 'repositories'])

const aliases = new Map(
  Object.entries(resources).flatMap(([name, words]) => (words.aliases ?? []).map((alias) => [alias, name] as const)),
)

/** The name in policies of a resource that is given by that name or an alias; unknown words stay as they are. */
export function resolveResource(word: string): string {
  return aliases.get(word) ?? word
}

/** Throws `RBAC_UNKNOWN_RESOURCE` or `RBAC_UNKNOWN_ACTION` for words that no request has. */
export function checkWords(resource: string, action: string): void {
  const words = Object.hasOwn(resources, resource) ? resources[resource] : undefined
  if (words === undefined) throw RbacErrors.UNKNOWN_RESOURCE({ resource, known: Object.keys(resources) })
  const slash = action.indexOf('/')
  const known = slash === -1 ? words.actions : (words.withPath ?? [])
  if (!known.includes(slash === -1 ? action : action.slice(0, slash)))
    throw RbacErrors.UNKNOWN_ACTION({ resource, action, known: words.actions })
}

/** Whether objects of a resource are written with their project in front. */
export function isProjectScoped(resource: string): boolean {
  return ofProjects.has(resource)
}

/** The project that an object belongs to by how it is written; `''` for none. */
export function projectOfObject(resource: string, object: string): string {
  if (resource === 'projects') return object
  const slash = object.indexOf('/')
  return slash > 0 && ofProjects.has(resource) ? object.slice(0, slash) : ''
}
