import type { PatchRequest, WriteOptions } from '../api/kube-api.ts'
import type { ServedKind } from '../api/served-kind.ts'
import { badRequest, generic } from '../status/kube-status.ts'
import { parseJson, parseYamlBody, readText } from './body.ts'
import { parseMediaType } from './media-type.ts'
import { booleanParameter, checkPatchOptions, writeOptions } from './query.ts'
import type { KindExchange } from './resource.ts'

/** The options of a write, with warnings going to the reply. */
export function writeOptionsOf(
  exchange: KindExchange,
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
): WriteOptions {
  const { request, query, reply, user } = exchange
  return { ...writeOptions(request, query, kind), user, onWarning: (text) => reply.warn(text) }
}

/** Reads a patch in one of the four types; throws 415 for others. */
export async function readPatch(exchange: KindExchange): Promise<PatchRequest & { faults: string[] }> {
  const { request, query, kind } = exchange
  const { type } = parseMediaType(request.headers['content-type'] ?? '')
  const name = patchTypes[type]
  if (name === undefined || (name === 'strategic' && kind.custom === true)) throw generic(415, unsupportedPatch(kind))
  checkPatchOptions(query, name === 'apply')
  const text = await readText(request)
  const prefix = name === 'strategic' ? '' : 'error decoding patch: '
  const { value, faults } =
    name === 'apply' ? parseYamlBody(text) : parseJson(text, (fault) => badRequest(prefix + fault))
  return { type: name, body: value, faults }
}

/** Options of a patch. */
export function patchOptionsOf(exchange: KindExchange, faults: string[]): WriteOptions {
  const options = writeOptionsOf(exchange, 'PatchOptions')
  return { ...options, bodyFaults: faults, force: booleanParameter(exchange.query, 'force') }
}

const patchTypes: Readonly<Record<string, PatchRequest['type']>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
}

function unsupportedPatch(kind: ServedKind): string {
  const types = Object.keys(patchTypes).filter((type) => kind.custom !== true || !type.includes('strategic'))
  return `the body of the request was in an unknown format - accepted media types include: ${types.join(', ')}`
}
