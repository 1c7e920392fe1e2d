import { builtInResources } from '@driftless/kube-objects'
import { badRequest } from '../../status/kube-status.ts'
import fields from './generated/fields.json' with { type: 'json' }
import { ProtoFault, type ProtoField, readFields } from './reader.ts'

type Row = readonly [number: number, name: string, type: string, shape?: string]
type Json = Record<string, unknown>

const table = fields as unknown as Readonly<Record<string, readonly Row[]>>
const metaTypes = 'io.k8s.apimachinery.pkg.apis.meta.v1.'
const unknownType = 'io.k8s.apimachinery.pkg.runtime.Unknown'
const maxDepth = 64

/** Types of kinds that have no resource of their own. */
const otherTypes: Readonly<Record<string, string>> = {
  'policy/v1/Eviction': 'io.k8s.api.policy.v1.Eviction',
  'authentication.k8s.io/v1/TokenRequest': 'io.k8s.api.authentication.v1.TokenRequest',
  'autoscaling/v1/Scale': 'io.k8s.api.autoscaling.v1.Scale',
}
const typeOfKind = new Map(
  builtInResources.map(({ group, version, kind, type }) => [`${group}/${version}/${kind}`, type]),
)

/** Media type of Kubernetes' protobuf bodies. */
export const protobufType = 'application/vnd.kubernetes.protobuf'

/** Reads a protobuf body: the `k8s\0` envelope and the object in it, as the JSON it stands for. Throws 400. */
export function decodeProtobuf(bytes: Uint8Array): Json {
  try {
    return decodeEnvelope(bytes)
  } catch (error) {
    if (error instanceof ProtoFault) throw badRequest(`the body is no Kubernetes protobuf message: ${error.message}`)
    throw error
  }
}

function decodeEnvelope(bytes: Uint8Array): Json {
  if (Buffer.from(bytes.subarray(0, 4)).toString('latin1') !== 'k8s\0')
    throw new ProtoFault('it does not begin with k8s\\0')
  let head: Json = {}
  let raw: Uint8Array = new Uint8Array()
  for (const { number, value } of readFields(bytes.subarray(4))) {
    if (number === 1 && value instanceof Uint8Array)
      head = decodeMessage(`${unknownType.replace(/Unknown$/, 'TypeMeta')}`, value, 0)
    if (number === 2 && value instanceof Uint8Array) raw = value
  }
  const apiVersion = String(head.apiVersion ?? '')
  const kind = String(head.kind ?? '')
  const id = `${apiVersion.includes('/') ? '' : '/'}${apiVersion}/${kind}`
  const type = kind === 'DeleteOptions' ? `${metaTypes}DeleteOptions` : (typeOfKind.get(id) ?? otherTypes[id])
  if (type === undefined)
    throw badRequest(
      `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)} in scheme "pkg/api/legacyscheme/scheme.go:30"`,
    )
  return { ...decodeMessage(type, raw, 0), apiVersion, kind }
}

function decodeMessage(type: string, bytes: Uint8Array, depth: number): Json {
  if (depth > maxDepth) throw new ProtoFault('it is nested too deeply')
  const rows = table[type] ?? []
  const result: Json = {}
  for (const field of readFields(bytes)) {
    const row = rows.find(([number]) => number === field.number)
    if (row !== undefined) put(result, row, field, depth)
  }
  return result
}

function put(result: Json, [, name, type, shape]: Row, field: ProtoField, depth: number): void {
  if (shape === 'map') {
    const [key, value] = decodeEntry(type, field, depth)
    if (key !== '__proto__') result[name] = { ...(result[name] as Json | undefined), [key]: value }
    return
  }
  const value = decodeValue(type, field, depth)
  if (shape === 'list') result[name] = [...((result[name] as unknown[] | undefined) ?? []), value]
  else if (shape === 'inline') Object.assign(result, value)
  else result[name] = value
}

function decodeEntry(type: string, { value }: ProtoField, depth: number): [string, unknown] {
  let key = ''
  let found: unknown = type === 'string' || type === 'bytes' ? '' : {}
  for (const part of readFields(bytesOf(value))) {
    if (part.number === 1) key = Buffer.from(bytesOf(part.value)).toString('utf8')
    if (part.number === 2) found = decodeValue(type, part, depth + 1)
  }
  return [key, found]
}

function decodeValue(type: string, { value }: ProtoField, depth: number): unknown {
  switch (type) {
    case 'string':
      return Buffer.from(bytesOf(value)).toString('utf8')
    case 'bytes':
      return Buffer.from(bytesOf(value)).toString('base64')
    case 'bool':
      return integerOf(value) !== 0n
    case 'int32':
    case 'int64':
      return Number(BigInt.asIntN(64, integerOf(value)))
    case 'uint32':
    case 'uint64':
      return Number(integerOf(value))
    case 'double':
      return doubleOf(integerOf(value))
    default:
      return decodeNamed(type, bytesOf(value), depth + 1)
  }
}

/** A message, or what stands for it in JSON where that is no object; the zero time is null. */
function decodeNamed(type: string, bytes: Uint8Array, depth: number): unknown {
  if (type.endsWith('FieldsV1') || type.endsWith('.RawExtension') || type.endsWith('.v1.JSON'))
    return embeddedJson(bytes)
  const message = decodeMessage(type, bytes, depth)
  if (type === `${metaTypes}Time` || type === `${metaTypes}MicroTime`)
    return timeText(message, type.endsWith('MicroTime'))
  if (type.endsWith('.intstr.IntOrString')) return message.type === 1 ? (message.strVal ?? '') : (message.intVal ?? 0)
  if (type.endsWith('.resource.Quantity')) return message.string ?? '0'
  return type === `${metaTypes}Duration` ? `${Number(message.duration ?? 0) / 1e9}s` : message
}

function embeddedJson(bytes: Uint8Array): unknown {
  for (const { number, value } of readFields(bytes)) {
    if (number !== 1) continue
    try {
      return JSON.parse(Buffer.from(bytesOf(value)).toString('utf8')) as unknown
    } catch {
      throw new ProtoFault('it holds raw bytes that are no JSON')
    }
  }
  return {}
}

function timeText({ seconds, nanos }: Json, fine: boolean): string | null {
  if (seconds === undefined) return null
  const text = new Date(Number(seconds) * 1000 + Math.floor(Number(nanos ?? 0) / 1e6)).toISOString()
  return fine ? text.replace('Z', '000Z') : text.replace(/\.\d+Z$/, 'Z')
}

function bytesOf(value: ProtoField['value']): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw new ProtoFault('a message holds a number')
}

function integerOf(value: ProtoField['value']): bigint {
  if (typeof value === 'bigint') return value
  throw new ProtoFault('a number holds a message')
}

function doubleOf(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, bits)
  return view.getFloat64(0)
}
