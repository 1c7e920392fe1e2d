import { type KubeObject, parseManifests } from '@driftless/kube-objects'
import { BatchErrors } from '../errors.ts'

/** JSON data of a request. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** The fields of a request, read with a check of what they are. Every reader throws `BATCH_INVALID_REQUEST` that names the field. */
export class Fields {
  /** All fields, for engines that check requests themselves. */
  readonly record: JsonRecord

  constructor(record: JsonRecord) {
    this.record = record
  }

  /** Whether a field is there; null counts as absent. */
  has(name: string): boolean {
    return this.value(name) !== undefined
  }

  /** Whatever a field holds; undefined when absent or null. */
  value(name: string): unknown {
    const value = Object.hasOwn(this.record, name) ? this.record[name] : undefined
    return value === null ? undefined : value
  }

  text(name: string): string {
    const value = this.value(name)
    if (typeof value !== 'string') throw invalid(name, 'a text')
    return value
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined
  }

  flag(name: string): boolean | undefined {
    const value = this.value(name)
    if (value !== undefined && typeof value !== 'boolean') throw invalid(name, 'true or false')
    return value
  }

  /** One of a few words. */
  word<T extends string>(name: string, words: readonly T[]): T | undefined {
    const given = this.value(name)
    if (given === undefined) return undefined
    const word = words.find((known) => known === given)
    if (word === undefined) throw invalid(name, `one of ${words.join(', ')}`)
    return word
  }

  list(name: string): readonly unknown[] {
    const value = this.value(name) ?? []
    if (!Array.isArray(value)) throw invalid(name, 'a list')
    return value as readonly unknown[]
  }

  /** A list of texts; one text alone is a list of one. */
  texts(name: string): readonly string[] {
    const value = this.value(name)
    if (typeof value === 'string') return [value]
    return this.list(name).map((item) => {
      if (typeof item !== 'string') throw invalid(name, 'a list of texts')
      return item
    })
  }

  table(name: string): JsonRecord | undefined {
    const value = this.value(name)
    if (value !== undefined && !isRecord(value)) throw invalid(name, 'an object')
    return value
  }

  tables(name: string): readonly JsonRecord[] {
    return this.list(name).map((item) => {
      if (!isRecord(item)) throw invalid(name, 'a list of objects')
      return item
    })
  }

  /** Texts by name. */
  textMap(name: string): Readonly<Record<string, string>> | undefined {
    const table = this.table(name)
    if (table === undefined) return undefined
    return Object.fromEntries(
      Object.entries(table).map(([key, value]) => {
        if (typeof value !== 'string') throw invalid(`${name}.${key}`, 'a text')
        return [key, value]
      }),
    )
  }

  /** A Kubernetes object, as data or as YAML text. */
  object(name: string): KubeObject {
    const object = this.optionalObject(name)
    if (object === undefined) throw invalid(name, 'a Kubernetes object')
    return object
  }

  optionalObject(name: string): KubeObject | undefined {
    return this.has(name) ? toKubeObject(name, this.value(name)) : undefined
  }

  objects(name: string): KubeObject[] {
    return this.list(name).map((item, index) => toKubeObject(`${name}[${index}]`, item))
  }
}

/** Raises the error of a field that is not what it must be. */
export function invalid(field: string, wanted: string): Error {
  return BatchErrors.INVALID_REQUEST({ field, wanted })
}

/** True for JSON objects. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Checks that JSON data is a Kubernetes object; `metadata` may be absent. */
export function toKubeObject(field: string, value: unknown): KubeObject {
  if (typeof value === 'string') return fromYaml(field, value)
  if (!isRecord(value)) throw invalid(field, 'a Kubernetes object')
  const { apiVersion, kind, metadata = {} } = value
  if (typeof apiVersion !== 'string' || typeof kind !== 'string')
    throw invalid(field, 'a Kubernetes object with apiVersion and kind')
  if (!isRecord(metadata)) throw invalid(`${field}.metadata`, 'an object')
  return { ...value, apiVersion, kind, metadata }
}

function fromYaml(field: string, text: string): KubeObject {
  const [object] = parseManifests(text)
  if (object === undefined) throw invalid(field, 'a Kubernetes object')
  return object
}
