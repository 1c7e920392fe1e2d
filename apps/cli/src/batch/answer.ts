import { DriftlessError, messageOf } from '@driftless/foundation'
import { BatchErrors } from '../errors.ts'
import { Fields, isRecord, type JsonRecord } from './fields.ts'
import { type BatchScope, type Operation, unsupported } from './operation.ts'
import { engines } from './operations/table.ts'

/** Answers one line of a batch with one line of JSON; nothing is thrown. */
export async function answerLine(line: string, scope: BatchScope): Promise<string> {
  let id: unknown = null
  try {
    const request = readRequest(line)
    id = request.id ?? null
    const fields = new Fields(request)
    const operation = await findOperation(fields.text('op'))
    const result = await operation(fields, scope)
    return writeJson({ id, ok: true, result: result ?? null })
  } catch (error) {
    return writeJson({ id, ok: false, error: describe(error) })
  }
}

function readRequest(line: string): JsonRecord {
  const request = readJson(line)
  // Whole numbers stay exact only where they are asked for as such: elsewhere they are float64 like all others.
  return request.numbers === 'int' ? readJson(line, exactNumber) : request
}

function readJson(
  line: string,
  revive?: (key: string, value: unknown, context?: { source?: string }) => unknown,
): JsonRecord {
  let value: unknown
  try {
    value = JSON.parse(line, revive)
  } catch (cause) {
    throw BatchErrors.INVALID_JSON({ reason: messageOf(cause) }, { cause })
  }
  if (!isRecord(value)) throw BatchErrors.INVALID_JSON({ reason: 'it is another JSON value' })
  return value
}

function exactNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  const source = context?.source ?? ''
  return /^-?\d{1,20}$/.test(source) ? BigInt(source) : value
}

async function findOperation(name: string): Promise<Operation> {
  const [engine = ''] = name.split('.')
  const load = Object.hasOwn(engines, engine) ? engines[engine] : undefined
  const operations = await load?.()
  const operation = operations !== undefined && Object.hasOwn(operations, name) ? operations[name] : undefined
  if (operation === undefined) throw unsupported(`the operation ${JSON.stringify(name)}`)
  return operation
}

function describe(error: unknown): { code: string; message: string } {
  if (error instanceof DriftlessError) return { code: error.code, message: error.message }
  return { code: 'INTERNAL', message: messageOf(error) }
}

/** `JSON` with the raw values that engines have and type declarations do not. */
interface RawJson {
  rawJSON(text: string): unknown
}

function writeJson(answer: unknown): string {
  const raw = JSON as unknown as RawJson
  return JSON.stringify(answer, (_key, value: unknown) =>
    typeof value === 'bigint' ? raw.rawJSON(value.toString()) : value,
  )
}
