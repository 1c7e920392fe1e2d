/** What the path of a resource request names. */
export interface RequestInfo {
  group: string
  version: string
  plural: string
  namespace: string
  /** Empty for collections. */
  name: string
  /** Empty for the resource itself. */
  subresource: string
  /** The path has the old `/watch/` prefix. */
  watch: boolean
}

/** Reads `/api/v1/…` and `/apis/<group>/<version>/…`; undefined for paths that name no resource. */
export function parseRequestPath(path: string): RequestInfo | undefined {
  const parts = decodeParts(path)
  if (parts === undefined) return undefined
  const core = parts[0] === 'api'
  if (!core && parts[0] !== 'apis') return undefined
  const [group, version, rest] = core ? ['', parts[1], parts.slice(2)] : [parts[1], parts[2], parts.slice(3)]
  if (group === undefined || version === undefined || (!core && group === '')) return undefined
  const watch = rest[0] === 'watch'
  if (watch) rest.shift()
  const namespaced = rest[0] === 'namespaces' && rest.length > 2 && !isNamespaceSubresource(rest[2], rest.length)
  const namespace = namespaced ? (rest[1] ?? '') : ''
  const [plural, name = '', subresource = '', ...deeper] = namespaced ? rest.slice(2) : rest
  if (plural === undefined || plural === '' || deeper.length > 0) return undefined
  return { group, version, plural, namespace, name, subresource, watch }
}

function isNamespaceSubresource(part: string | undefined, length: number): boolean {
  return length === 3 && (part === 'status' || part === 'finalize')
}

function decodeParts(path: string): string[] | undefined {
  try {
    const parts = path.split('/').slice(1).map(decodeURIComponent)
    if (parts.at(-1) === '') parts.pop()
    return parts.includes('') ? undefined : parts
  } catch {
    return undefined
  }
}
