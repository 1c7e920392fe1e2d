const readable = [
  'applications',
  'applicationsets',
  'certificates',
  'clusters',
  'repositories',
  'write-repositories',
  'projects',
  'accounts',
  'gpgkeys',
  'logs',
]

/** What `role:admin` may do besides reading. */
const administered: Readonly<Record<string, readonly string[]>> = {
  applications: ['create', 'update', 'update/*', 'delete', 'delete/*', 'sync', 'rollback', 'override', 'action/*'],
  applicationsets: ['get', 'create', 'update', 'delete'],
  certificates: ['create', 'update', 'delete'],
  clusters: ['create', 'update', 'delete'],
  repositories: ['create', 'update', 'delete'],
  'write-repositories': ['create', 'update', 'delete'],
  projects: ['create', 'update', 'delete'],
  accounts: ['update'],
  gpgkeys: ['create', 'delete'],
  exec: ['create'],
}

/** Resources whose objects begin with their project. */
const twoPart = new Set(['applications', 'applicationsets', 'logs', 'exec'])

function line(role: string, resource: string, action: string): string {
  return `p, ${role}, ${resource}, ${action}, ${twoPart.has(resource) ? '*/*' : '*'}, allow`
}

/** The policy that is always there: `role:readonly`, `role:admin`, and the account `admin` in the latter. */
export const builtInPolicy: string = [
  ...readable.map((resource) => line('role:readonly', resource, 'get')),
  ...Object.entries(administered).flatMap(([resource, actions]) =>
    actions.map((action) => line('role:admin', resource, action)),
  ),
  'g, role:admin, role:readonly',
  'g, admin, role:admin',
].join('\n')
