import type { KubeObject } from '@driftless/kube-objects'
import { formatApiVersion } from '@driftless/kube-objects'
import { type ApiCore, inVersion } from '../api/core.ts'
import { selectorFilter } from '../api/selectors.ts'
import type { ServedKind } from '../api/served-kind.ts'
import { badRequest, expired, invalid, KubeStatusError } from '../status/kube-status.ts'
import { keyText, resourceOf } from '../store/object-store.ts'
import type { ListMeta } from '../table/table.ts'
import { type ContinueToken, readContinue, writeContinue } from './continue-token.ts'
import { integerParameter } from './query.ts'

/** A list as it is answered. */
export interface ListResult {
  metadata: ListMeta
  items: KubeObject[]
}

const expiredContinue =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.'

/** Lists a collection by the parameters of its query. */
export function listCollection(core: ApiCore, kind: ServedKind, namespace: string, query: URLSearchParams): ListResult {
  const filter = selectorFilter({
    labelSelector: query.get('labelSelector') ?? undefined,
    fieldSelector: checkedFieldSelector(kind, query.get('fieldSelector')),
  })
  const token = query.get('continue') ? readContinue(query.get('continue') ?? '') : undefined
  const version = versionOf(core, query, token)
  const rows = rowsAt(core, kind, { namespace, version })
  const rest = token === undefined ? rows : rows.filter((object) => keyText(object) > token.after)
  const chosen = filter === undefined ? rest : rest.filter(filter)
  return page(core, kind, {
    chosen,
    version,
    limit: integerParameter(query, 'limit') ?? 0,
    filtered: filter !== undefined,
  })
}

/** A list in its kind's envelope. */
export function listEnvelope(kind: ServedKind, { metadata, items }: ListResult): object {
  return {
    kind: kind.listKind ?? `${kind.kind}List`,
    apiVersion: formatApiVersion(kind.group, kind.version),
    metadata,
    items,
  }
}

/** Field selectors may name the fields a kind declares; throws 400 for others. */
export function checkedFieldSelector(kind: ServedKind, text: string | null): string | undefined {
  if (text === null || text === '') return undefined
  const known = ['metadata.name', 'metadata.namespace', ...(kind.selectableFields ?? [])]
  for (const term of text.split(',')) {
    const field = term.split(/!=|==|=/)[0]?.trim() ?? ''
    if (field !== '' && !known.includes(field)) throw badRequest(unknownField(kind, field))
  }
  return text
}

function unknownField(kind: ServedKind, field: string): string {
  if (kind.custom === true || kind.selectableFields?.length) return `field label not supported: ${field}`
  return `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`
}

function page(
  core: ApiCore,
  kind: ServedKind,
  list: { chosen: readonly KubeObject[]; version: number; limit: number; filtered: boolean },
): ListResult {
  const { chosen, version, limit } = list
  const shown = limit > 0 ? chosen.slice(0, limit) : chosen
  const last = shown.at(-1)
  const more = last !== undefined && shown.length < chosen.length
  return {
    metadata: {
      resourceVersion: String(version),
      ...(more ? { continue: writeContinue({ version, after: keyText(last) }) } : {}),
      ...(more && !list.filtered ? { remainingItemCount: chosen.length - shown.length } : {}),
    },
    items: shown.map((object) => inVersion(core, object, kind)),
  }
}

function rowsAt(core: ApiCore, kind: ServedKind, at: { namespace: string; version: number }): readonly KubeObject[] {
  const namespace = kind.namespaced && at.namespace !== '' ? at.namespace : undefined
  if (at.version === core.store.version) return core.store.list(resourceOf(kind), namespace)
  return core.store.listAt(resourceOf(kind), namespace, at.version)
}

/** The version a list shows. */
function versionOf(core: ApiCore, query: URLSearchParams, token: ContinueToken | undefined): number {
  const current = core.store.version
  const text = query.get('resourceVersion') ?? ''
  const match = query.get('resourceVersionMatch') ?? ''
  checkMatch(text, match, token)
  if (token !== undefined) {
    if (text !== '' && text !== '0') throw badRequest('specifying resource version is not allowed when using continue')
    if (token.version < 0) return current
    if (token.version < core.store.history.floor) throw expiredWithToken(token)
    return token.version
  }
  const wanted = parseVersion(text)
  if (wanted === undefined || wanted === 0) return current
  if (wanted > current) throw tooLarge(wanted, current)
  if (match !== 'Exact') return current
  if (wanted < core.store.history.floor) throw expired(`The resourceVersion for the provided list is too old.`)
  return wanted
}

function checkMatch(version: string, match: string, token: ContinueToken | undefined): void {
  if (match === '') return
  const problem = (type: 'FieldValueForbidden' | 'FieldValueNotSupported', detail: string) =>
    invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [
      { field: 'resourceVersionMatch', type, value: match, detail },
    ])
  if (token !== undefined)
    throw problem('FieldValueForbidden', 'resourceVersionMatch is forbidden when continue is provided')
  if (version === '')
    throw problem('FieldValueForbidden', 'resourceVersionMatch is forbidden unless resourceVersion is provided')
  if (match !== 'Exact' && match !== 'NotOlderThan') {
    throw problem('FieldValueNotSupported', 'supported values: "Exact", "NotOlderThan", ""')
  }
  if (match === 'Exact' && version === '0') {
    throw problem('FieldValueForbidden', 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"')
  }
}

/** A resourceVersion parameter as a number; throws 400 on other text. */
export function parseVersion(text: string): number | undefined {
  if (text === '') return undefined
  if (!/^\d{1,15}$/.test(text))
    throw badRequest(
      `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
    )
  return Number(text)
}

function expiredWithToken(token: ContinueToken): KubeStatusError {
  const error = expired(expiredContinue)
  Object.assign(error.status.metadata, { continue: writeContinue({ version: -1, after: token.after }) })
  return error
}

function tooLarge(wanted: number, current: number): KubeStatusError {
  return new KubeStatusError({
    code: 504,
    reason: 'Timeout',
    message: `Too large resource version: ${wanted}, current: ${current}`,
    details: {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  })
}
