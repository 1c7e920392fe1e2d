import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml'
import { resolveNumber, resolvePlain } from './scalar.ts'

/** A problem at an offset of the text. */
export class ConstructProblem extends Error {
  readonly offset: number
  constructor(reason: string, offset: number) {
    super(reason)
    this.offset = offset
  }
}

/** One document of a text: its value and where its content starts. */
export interface ConstructedDocument {
  value: unknown
  /** Offset of the first character of the content; -1 when the document is empty. */
  offset: number
}

/** What {@link constructDocuments} needs besides the events. */
export interface ConstructOptions {
  /** What a repeated key of a mapping means; `last` is what lenient readers such as Helm do. */
  duplicateKeys?: 'error' | 'last'
}

/** How many values all aliases of a text together may stand for. */
const aliasLimit = 400_000

type Container = { [key: string]: unknown } | unknown[]

interface Frame {
  container: Container
  /** The pending key of a mapping. */
  key: string | undefined
  hasKey: boolean
  merges: boolean
  /** Keys that came from `<<`, which explicit keys may replace. */
  merged: Set<string> | undefined
  anchor: string | undefined
  start: number
}

/** Builds plain values from parser events, with go-yaml's scalar rules. */
export function constructDocuments(
  source: string,
  events: readonly Event[],
  options: ConstructOptions,
): ConstructedDocument[] {
  return new Construction(source, options.duplicateKeys === 'last').run(events)
}

class Construction {
  readonly #source: string
  readonly #lastWins: boolean
  readonly #documents: ConstructedDocument[] = []
  #stack: Frame[] = []
  #anchors = new Map<string, unknown>()
  #aliased = 0
  #root: ConstructedDocument = { value: null, offset: -1 }

  constructor(source: string, lastWins: boolean) {
    this.#source = source
    this.#lastWins = lastWins
  }

  run(events: readonly Event[]): ConstructedDocument[] {
    for (const event of events) {
      switch (event.type) {
        case EVENT_ID.SCALAR:
          this.#scalar(event)
          break
        case EVENT_ID.MAPPING:
        case EVENT_ID.SEQUENCE:
          this.#open(event.type === EVENT_ID.MAPPING ? {} : [], event)
          break
        case EVENT_ID.POP:
          this.#close()
          break
        case EVENT_ID.ALIAS:
          this.#alias(this.#source.slice(event.anchorStart, event.anchorEnd), event.anchorStart)
          break
        default:
          this.#root = { value: null, offset: -1 }
          this.#anchors = new Map()
          this.#documents.push(this.#root)
      }
    }
    return this.#documents
  }

  #open(container: Container, event: { start: number; anchorStart: number; anchorEnd: number }): void {
    const anchor = event.anchorStart < 0 ? undefined : this.#source.slice(event.anchorStart, event.anchorEnd)
    const frame = {
      container,
      key: undefined,
      hasKey: false,
      merges: false,
      merged: undefined,
      anchor,
      start: event.start,
    }
    if (this.#stack.length === 0) this.#root.offset = event.start
    this.#stack.push(frame)
  }

  #close(): void {
    const frame = this.#stack.pop()
    // The last event to close is the document itself.
    if (frame === undefined) return
    if (frame.anchor !== undefined) this.#anchors.set(frame.anchor, frame.container)
    this.#add(frame.container, frame.start, false)
  }

  #scalar(event: ScalarEvent): void {
    const text = getScalarValue(this.#source, event)
    const plain = event.style === SCALAR_STYLE.PLAIN
    const offset = event.valueStart
    let value: unknown = text
    if (event.tagStart >= 0) value = tagged(this.#source.slice(event.tagStart, event.tagEnd), text, { plain, offset })
    else if (plain) value = resolvePlain(text)
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new ConstructProblem(`${text} has no JSON form; use a finite number or a quoted string`, offset)
    }
    if (event.anchorStart >= 0) this.#anchors.set(this.#source.slice(event.anchorStart, event.anchorEnd), value)
    if (this.#stack.length === 0) this.#root.offset = offset
    this.#add(value, offset, plain && text === '<<')
  }

  #alias(name: string, offset: number): void {
    if (!this.#anchors.has(name)) {
      const within = this.#stack.some((frame) => frame.anchor === name)
      throw new ConstructProblem(within ? `anchor "${name}" contains itself` : `unknown anchor "${name}"`, offset)
    }
    this.#add(this.#copy(this.#anchors.get(name), offset), offset, false)
  }

  #copy(value: unknown, offset: number): unknown {
    this.#aliased += 1
    if (this.#aliased > aliasLimit) throw new ConstructProblem('the document contains excessive aliasing', offset)
    if (Array.isArray(value)) return value.map((item) => this.#copy(item, offset))
    if (typeof value !== 'object' || value === null) return value
    const copy: { [key: string]: unknown } = {}
    for (const [key, item] of Object.entries(value)) setOwn(copy, key, this.#copy(item, offset))
    return copy
  }

  #add(value: unknown, offset: number, isMergeKey: boolean): void {
    const frame = this.#stack[this.#stack.length - 1]
    if (frame === undefined) this.#root.value = value
    else if (Array.isArray(frame.container)) frame.container.push(value)
    else if (!frame.hasKey) this.#takeKey(frame, value, { offset, isMergeKey })
    else this.#takeValue(frame, frame.container, value)
  }

  #takeKey(frame: Frame, value: unknown, at: { offset: number; isMergeKey: boolean }): void {
    frame.hasKey = true
    frame.start = frame.start < 0 ? at.offset : frame.start
    if (at.isMergeKey) {
      frame.merges = true
      return
    }
    const key = keyText(value, at.offset)
    if (!this.#lastWins && Object.hasOwn(frame.container, key) && !frame.merged?.has(key)) {
      throw new ConstructProblem(`key "${key}" is already set in the mapping`, at.offset)
    }
    frame.merged?.delete(key)
    frame.key = key
  }

  #takeValue(frame: Frame, container: { [key: string]: unknown }, value: unknown): void {
    frame.hasKey = false
    if (frame.merges) {
      frame.merges = false
      frame.merged ??= new Set()
      this.#merge(frame.merged, container, { value, offset: frame.start })
      return
    }
    const key = frame.key as string
    if (key === '__proto__') setOwn(container, key, value)
    else container[key] = value
  }

  #merge(merged: Set<string>, container: { [key: string]: unknown }, from: { value: unknown; offset: number }): void {
    // Of several sources the first wins; explicit keys win over all of them.
    for (const source of Array.isArray(from.value) ? from.value : [from.value]) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        throw new ConstructProblem('map merge requires map or sequence of maps as the value', from.offset)
      }
      for (const [key, item] of Object.entries(source)) {
        if (Object.hasOwn(container, key)) continue
        setOwn(container, key, this.#copy(item, from.offset))
        merged.add(key)
      }
    }
  }
}

function setOwn(target: { [key: string]: unknown }, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
}

/** The JSON form of a mapping key. */
function keyText(key: unknown, offset: number): string {
  if (typeof key === 'string') return key
  if (typeof key === 'number' || typeof key === 'boolean') return String(key)
  const what = key === null ? 'null' : Array.isArray(key) ? 'a sequence' : 'a mapping'
  throw new ConstructProblem(`a mapping key must be a string, but it is ${what}`, offset)
}

function tagged(tag: string, text: string, at: { plain: boolean; offset: number }): unknown {
  const name = tag.startsWith('!!') ? tag.slice(2) : tag.replace(/^!<tag:yaml\.org,2002:(.*)>$/, '$1')
  const resolved = name === 'bool' || name === 'null' ? resolvePlain(text) : undefined
  switch (name) {
    case 'int':
    case 'float':
      return resolveNumber(text) ?? wrongTag(tag, text, at.offset)
    case 'bool':
      return typeof resolved === 'boolean' ? resolved : wrongTag(tag, text, at.offset)
    case 'null':
      return resolved === null ? null : wrongTag(tag, text, at.offset)
    case 'binary':
      return decodeBase64(text, at.offset)
    default:
      return text
  }
}

function wrongTag(tag: string, text: string, offset: number): never {
  throw new ConstructProblem(`cannot read "${text}" as ${tag}`, offset)
}

function decodeBase64(text: string, offset: number): string {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/\s+/g, '')), (c) => c.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: false }).decode(bytes)
  } catch {
    throw new ConstructProblem('!!binary value contains invalid base64 data', offset)
  }
}
