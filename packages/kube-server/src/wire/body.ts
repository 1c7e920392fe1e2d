import type { IncomingMessage } from 'node:http'
import { createGunzip } from 'node:zlib'
import { messageOf } from '@driftless/foundation'
import { parseYaml } from '@driftless/kube-objects'
import { badRequest, generic } from '../status/kube-status.ts'
import { duplicateFields } from './duplicate-fields.ts'
import { jsonFault } from './json-fault.ts'
import { parseMediaType } from './media-type.ts'
import { decodeProtobuf, protobufType } from './protobuf/decode.ts'

/** The API server's limit of a request's body. */
export const bodyLimit = 3 * 1024 * 1024

/** A body that was read. */
export interface RequestBody {
  value: unknown
  /** `duplicate field "…"` for each field that was written twice. */
  faults: string[]
}

/** Reads a request's body as text; throws 413 beyond {@link bodyLimit}. */
export async function readText(request: IncomingMessage): Promise<string> {
  return (await readBytes(request)).toString('utf8')
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > bodyLimit) throw generic(413)
  const source = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of source as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bodyLimit) throw generic(413)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Reads an object body in JSON, YAML or protobuf; throws 415 for other media types. */
export async function readObject(request: IncomingMessage, kind = 'object'): Promise<RequestBody> {
  const { type } = parseMediaType(request.headers['content-type'] ?? 'application/json')
  if (type === 'application/json' || type === '') return parseJsonObject(await readText(request), kind)
  if (type === 'application/yaml') return parseYamlBody(await readText(request))
  if (type !== protobufType) throw generic(415)
  const bytes = await readBytes(request)
  return { value: bytes.length === 0 ? undefined : decodeProtobuf(bytes), faults: [] }
}

function parseJsonObject(text: string, kind: string): RequestBody {
  return parseJson(text, (fault) =>
    badRequest(
      `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${fault} (${summary(text)})`,
    ),
  )
}

/** The beginning of a body as a refusal quotes it: text of objects, bytes of anything else. */
function summary(text: string): string {
  const bytes = Buffer.from(text)
  const head = bytes.subarray(0, 30)
  const shown = text.startsWith('{') ? head.toString('utf8') : head.toString('hex')
  return bytes.length > 30 ? `${shown} ...` : shown
}

/** Reads a JSON text, remembering duplicate fields. Throws 400. */
export function parseJson(text: string, refuse: (fault: string) => Error): RequestBody {
  if (text === '') return { value: undefined, faults: [] }
  try {
    const value: unknown = JSON.parse(text)
    return { value, faults: duplicateFields(text).map((path) => `duplicate field "${path}"`) }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw refuse(jsonFault(text))
  }
}

/** Reads a YAML text (JSON included). Throws 400. */
export function parseYamlBody(text: string): RequestBody {
  if (/^\s*[{[]/.test(text)) return parseJson(text, (fault) => badRequest(`error decoding YAML: ${fault}`))
  try {
    return { value: parseYaml(text), faults: [] }
  } catch (error) {
    throw badRequest(`error decoding YAML: ${messageOf(error)}`)
  }
}
