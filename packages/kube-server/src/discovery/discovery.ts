import { formatApiVersion } from '@driftless/kube-objects'
import type { ServedKind } from '../api/served-kind.ts'
import { type ApiResource, apiResources } from './api-resources.ts'

/** The answer to a discovery path in its old form, undefined when nothing is served there. */
export function discoveryDocument(kinds: readonly ServedKind[], path: string, host: string): object | undefined {
  const parts = path.split('/').filter((part) => part !== '')
  const [root, group, version] = parts
  if (root === 'api' && parts.length === 1) return apiVersions(host)
  if (root === 'api' && parts.length === 2) return resourceList(kinds, '', group ?? '')
  if (root !== 'apis' || parts.length > 3) return undefined
  if (group === undefined)
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(kinds).map((name) => apiGroup(kinds, name)) }
  if (version !== undefined) return resourceList(kinds, group, version)
  return groupsOf(kinds).includes(group) ? { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(kinds, group) } : undefined
}

/** Everything at once: `APIGroupDiscoveryList` for `/api` or `/apis`. */
export function aggregatedDiscovery(kinds: readonly ServedKind[], root: 'api' | 'apis'): object {
  const groups = root === 'api' ? [''] : groupsOf(kinds)
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map((group) => ({
      metadata: { ...(group === '' ? {} : { name: group }), creationTimestamp: null },
      versions: versionsOf(kinds, group).map((version) => ({
        version,
        resources: servedIn(kinds, group, version).map(aggregatedResource),
        freshness: 'Current',
      })),
    })),
  }
}

function aggregatedResource(kind: ServedKind): object {
  const [main, ...subresources] = apiResources(kind)
  return {
    resource: kind.plural,
    responseKind: { group: kind.group, version: kind.version, kind: kind.kind },
    scope: kind.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.singular,
    verbs: kind.verbs,
    ...(main?.shortNames === undefined ? {} : { shortNames: main.shortNames }),
    ...(main?.categories === undefined ? {} : { categories: main.categories }),
    ...(subresources.length === 0 ? {} : { subresources: subresources.map((row) => aggregatedSubresource(kind, row)) }),
  }
}

function aggregatedSubresource(kind: ServedKind, row: ApiResource): object {
  return {
    subresource: row.name.slice(kind.plural.length + 1),
    responseKind: { group: row.group ?? kind.group, version: row.version ?? kind.version, kind: row.kind },
    verbs: row.verbs,
  }
}

function apiVersions(host: string): object {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: host }],
  }
}

function apiGroup(kinds: readonly ServedKind[], name: string): object {
  const versions = versionsOf(kinds, name).map((version) => ({
    groupVersion: formatApiVersion(name, version),
    version,
  }))
  return { name, versions, preferredVersion: versions[0] }
}

function resourceList(kinds: readonly ServedKind[], group: string, version: string): object | undefined {
  const served = servedIn(kinds, group, version)
  if (served.length === 0) return undefined
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: formatApiVersion(group, version),
    resources: served.flatMap(apiResources).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

function servedIn(kinds: readonly ServedKind[], group: string, version: string): ServedKind[] {
  return kinds.filter((kind) => kind.group === group && kind.version === version)
}

/** Named groups in the order they were declared. */
function groupsOf(kinds: readonly ServedKind[]): string[] {
  return [...new Set(kinds.map((kind) => kind.group))].filter((group) => group !== '')
}

/** Versions of a group, the preferred one first: stable before beta before alpha, higher before lower. */
function versionsOf(kinds: readonly ServedKind[], group: string): string[] {
  const versions = new Set(kinds.filter((kind) => kind.group === group).map((kind) => kind.version))
  return [...versions].sort(compareVersions)
}

const stages = ['alpha', 'beta', '']

function compareVersions(a: string, b: string): number {
  const [left, right] = [parseVersion(a), parseVersion(b)]
  if (left === undefined || right === undefined) return left === right ? (a < b ? -1 : 1) : left === undefined ? 1 : -1
  return right.stage - left.stage || right.major - left.major || right.minor - left.minor
}

function parseVersion(text: string): { major: number; stage: number; minor: number } | undefined {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(text)
  if (match === null) return undefined
  return { major: Number(match[1]), stage: stages.indexOf(match[2] ?? ''), minor: Number(match[3] ?? 0) }
}
