import type { ClusterConnection } from './connection.ts'

/** A kind that the cluster serves. */
export interface ServedResource {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly namespaced: boolean
  readonly verbs: readonly string[]
  /** True for the version that the server prefers. */
  readonly preferred: boolean
}

/** What a cluster serves, indexed. */
export interface Discovery {
  readonly resources: readonly ServedResource[]
  /** `v1`, `apps/v1`, … and `apps/v1/Deployment` forms, as charts ask for them. */
  readonly apiVersions: readonly string[]
  /** The served resource for a kind: in `version` when given (undefined if not served), else in the preferred one. */
  find(kind: { group: string; version?: string | undefined; kind: string }): ServedResource | undefined
}

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json'

interface AggregatedList {
  kind?: string
  items?: {
    metadata?: { name?: string }
    versions?: {
      version: string
      resources?: { resource: string; scope: string; verbs?: string[]; responseKind?: { kind: string } }[]
    }[]
  }[]
}

interface PlainGroups {
  groups?: { name: string; versions: { version: string }[] }[]
}

interface PlainResources {
  resources?: { name: string; kind: string; namespaced: boolean; verbs?: string[] }[]
}

/** Asks a cluster what it serves: aggregated discovery, or one request a group version on older servers. */
export async function discover(connection: ClusterConnection): Promise<Discovery> {
  const [core, groups] = await Promise.all([
    connection.json({ method: 'GET', path: '/api', accept: aggregated }),
    connection.json({ method: 'GET', path: '/apis', accept: aggregated }),
  ])
  const resources: ServedResource[] = []
  if ((core as AggregatedList).kind === 'APIGroupDiscoveryList') {
    resources.push(...readAggregated(core as AggregatedList), ...readAggregated(groups as AggregatedList))
  } else {
    resources.push(...(await readPlain(connection, groups as PlainGroups)))
  }
  return index(resources)
}

function readAggregated(list: AggregatedList): ServedResource[] {
  return (list.items ?? []).flatMap((group) =>
    (group.versions ?? []).flatMap((version, position) =>
      (version.resources ?? []).flatMap((resource) => {
        const kind = resource.responseKind?.kind
        if (kind === undefined || kind === '') return []
        return {
          group: group.metadata?.name ?? '',
          version: version.version,
          kind,
          plural: resource.resource,
          namespaced: resource.scope === 'Namespaced',
          verbs: resource.verbs ?? [],
          preferred: position === 0,
        }
      }),
    ),
  )
}

async function readPlain(connection: ClusterConnection, groups: PlainGroups): Promise<ServedResource[]> {
  const versions = [
    { group: '', version: 'v1', path: '/api/v1', preferred: true },
    ...(groups.groups ?? []).flatMap((group) =>
      group.versions.map(({ version }, position) => ({
        group: group.name,
        version,
        path: `/apis/${group.name}/${version}`,
        preferred: position === 0,
      })),
    ),
  ]
  const lists = await Promise.all(
    versions.map(async ({ path, ...rest }) => ({
      ...rest,
      list: (await connection.json({ method: 'GET', path })) as PlainResources,
    })),
  )
  return lists.flatMap(({ list, ...version }) =>
    (list.resources ?? [])
      .filter((resource) => !resource.name.includes('/'))
      .map((resource) => ({
        ...version,
        kind: resource.kind,
        plural: resource.name,
        namespaced: resource.namespaced,
        verbs: resource.verbs ?? [],
      })),
  )
}

function index(resources: readonly ServedResource[]): Discovery {
  const exact = new Map<string, ServedResource>()
  const preferred = new Map<string, ServedResource>()
  const apiVersions = new Set<string>()
  for (const resource of resources) {
    const groupVersion = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`
    apiVersions.add(groupVersion).add(`${groupVersion}/${resource.kind}`)
    const key = `${resource.group}/${resource.kind}`
    exact.set(`${key}/${resource.version}`, resource)
    if (resource.preferred || !preferred.has(key)) preferred.set(key, resource)
  }
  return {
    resources,
    apiVersions: [...apiVersions].sort(),
    find: ({ group, version, kind }) =>
      version === undefined ? preferred.get(`${group}/${kind}`) : exact.get(`${group}/${kind}/${version}`),
  }
}
