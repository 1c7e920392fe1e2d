import {
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml'
import { KustomizeErrors } from '../errors.ts'
import { markQuoted } from './quoted.ts'
import { OddScalar, resolvePlain, retag, type ScalarTag, tagOf, textOf } from './scalar.ts'
import { cloneTree, maxDepth, setOwn } from './tree.ts'

/** How many values all aliases of a text together may stand for. */
const aliasLimit = 400_000

type Container = { [key: string]: unknown } | unknown[]

interface Frame {
  readonly container: Container
  key: string | undefined
  merges: boolean
  /** Keys that came from `<<`, which explicit keys replace. */
  merged: Set<string> | undefined
  readonly anchor: string | undefined
}

/** Reads every document of a text by the rules of go-yaml 3, aliases and merge keys resolved; empty documents are undefined. */
export function readDocuments(text: string, file: string): unknown[] {
  return splitDocuments(text, file).map(({ source, line }) => readDocument(source, { file, line }))
}

/** Documents end at a line that starts with `---`, whatever stands around it. */
function splitDocuments(text: string, file: string): { source: string; line: number }[] {
  const unix = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text
  const documents: { source: string; line: number }[] = []
  let start = 0
  let line = 0
  for (const match of unix.matchAll(/\n---(.*)\n/g)) {
    const rest = (match[1] ?? '').trim()
    const source = `${unix.slice(start, match.index)}\n`
    if (rest !== '' && !rest.startsWith('#')) {
      throw KustomizeErrors.MALFORMED(
        { file, reason: `invalid document separator: ${match[0].trim()}` },
        { place: { file } },
      )
    }
    documents.push({ source, line })
    line += countLines(source) + 1
    start = match.index + match[0].length
  }
  return [...documents, { source: unix.slice(start), line }]
}

function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

/** Reads the first document of a text. */
function readDocument(source: string, at: { file: string; line: number }): unknown {
  try {
    return new Construction(source).run(parseEvents(source, { maxDepth }))
  } catch (error) {
    if (!(error instanceof YAMLException) && !(error instanceof ConstructProblem)) throw error
    const offset = error instanceof ConstructProblem ? error.offset : (error.mark?.position ?? 0)
    const reason = error instanceof ConstructProblem ? error.message : error.reason
    const line = at.line + countLines(source.slice(0, offset)) + 1
    throw KustomizeErrors.MALFORMED(
      { file: at.file, reason: `line ${line}: ${reason}` },
      { cause: error, place: { file: at.file, line } },
    )
  }
}

class ConstructProblem extends Error {
  readonly offset: number
  constructor(reason: string, offset: number) {
    super(reason)
    this.offset = offset
  }
}

class Construction {
  readonly #source: string
  readonly #stack: Frame[] = []
  readonly #anchors = new Map<string, unknown>()
  #aliased = 0
  #root: unknown
  #documents = 0

  constructor(source: string) {
    this.#source = source
  }

  run(events: readonly Event[]): unknown {
    for (const event of events) {
      switch (event.type) {
        case EVENT_ID.SCALAR:
          this.#scalar(event)
          break
        case EVENT_ID.MAPPING:
        case EVENT_ID.SEQUENCE:
          this.#stack.push({
            container: event.type === EVENT_ID.MAPPING ? {} : [],
            key: undefined,
            merges: false,
            merged: undefined,
            anchor: event.anchorStart < 0 ? undefined : this.#source.slice(event.anchorStart, event.anchorEnd),
          })
          break
        case EVENT_ID.POP:
          this.#close()
          break
        case EVENT_ID.ALIAS:
          this.#alias(this.#source.slice(event.anchorStart, event.anchorEnd), event.anchorStart)
          break
        default:
          this.#documents++
          if (this.#documents > 1) return this.#root
      }
    }
    return this.#root
  }

  #close(): void {
    const frame = this.#stack.pop()
    // The last event to close is the document itself.
    if (frame === undefined) return
    if (frame.anchor !== undefined) this.#anchors.set(frame.anchor, frame.container)
    this.#add(frame.container, { offset: 0, plain: false })
  }

  #scalar(event: ScalarEvent): void {
    const text = getScalarValue(this.#source, event)
    const plain = event.style === SCALAR_STYLE.PLAIN
    const offset = event.valueStart
    let value: unknown = text
    if (event.tagStart >= 0) value = tagged(this.#source.slice(event.tagStart, event.tagEnd), text, offset)
    else if (plain) value = resolvePlain(text)
    if (event.anchorStart >= 0) this.#anchors.set(this.#source.slice(event.anchorStart, event.anchorEnd), value)
    this.#add(value, { offset, plain })
  }

  #alias(name: string, offset: number): void {
    if (!this.#anchors.has(name)) throw new ConstructProblem(`unknown anchor '${name}' referenced`, offset)
    const value = this.#anchors.get(name)
    this.#count(value, offset)
    this.#add(cloneTree(value), { offset, plain: false })
  }

  #count(value: unknown, offset: number): void {
    this.#aliased++
    if (this.#aliased > aliasLimit) throw new ConstructProblem('document contains excessive aliasing', offset)
    if (typeof value !== 'object' || value === null || value instanceof OddScalar) return
    for (const item of Object.values(value)) this.#count(item, offset)
  }

  #add(value: unknown, at: { offset: number; plain: boolean }): void {
    const frame = this.#stack[this.#stack.length - 1]
    if (frame === undefined) this.#root = value
    else if (Array.isArray(frame.container)) frame.container.push(value)
    else if (frame.key === undefined && !frame.merges) this.#takeKey(frame, value, at)
    else this.#takeValue(frame, value, at)
  }

  #takeKey(frame: Frame, value: unknown, at: { offset: number; plain: boolean }): void {
    if (at.plain && value === '<<') {
      frame.merges = true
      return
    }
    if (typeof value !== 'string' && (typeof value === 'object' ? !(value instanceof OddScalar) : false)) {
      throw new ConstructProblem('a mapping key must be a scalar', at.offset)
    }
    if (typeof value !== 'string' && this.#stack.length > 1) {
      throw new ConstructProblem(`key ${textOf(value)} is no string, quote it`, at.offset)
    }
    const key = textOf(value)
    if (Object.hasOwn(frame.container, key) && frame.merged?.has(key) !== true) {
      throw new ConstructProblem(`mapping key "${key}" already defined`, at.offset)
    }
    frame.merged?.delete(key)
    frame.key = key
  }

  #takeValue(frame: Frame, value: unknown, at: { offset: number; plain: boolean }): void {
    const container = frame.container as { [key: string]: unknown }
    if (frame.merges) {
      frame.merges = false
      frame.merged ??= new Set()
      this.#merge(frame.merged, container, { value, offset: at.offset })
      return
    }
    const key = frame.key as string
    frame.key = undefined
    setOwn(container, key, value)
    if (typeof value === 'string' && !at.plain) markQuoted(container, key)
  }

  #merge(merged: Set<string>, container: { [key: string]: unknown }, from: { value: unknown; offset: number }): void {
    // Of several sources the first wins; explicit keys win over all of them.
    for (const source of Array.isArray(from.value) ? from.value : [from.value]) {
      if (tagOf(source) !== undefined || Array.isArray(source)) {
        throw new ConstructProblem('map merge requires map or sequence of maps as the value', from.offset)
      }
      for (const [key, item] of Object.entries(source as object)) {
        if (Object.hasOwn(container, key)) continue
        this.#count(item, from.offset)
        setOwn(container, key, cloneTree(item))
        merged.add(key)
      }
    }
  }
}

function tagged(tag: string, text: string, offset: number): unknown {
  const name = tag.startsWith('!!') ? tag.slice(2) : tag.replace(/^!<tag:yaml\.org,2002:(.*)>$/, '$1')
  if (name === 'binary') return new OddScalar('binary', text, decodeBase64(text, offset))
  if (name === 'timestamp' || name === 'int' || name === 'float' || name === 'bool' || name === 'null') {
    const wanted: ScalarTag = name === 'timestamp' ? 'time' : name
    const value = retag(text, wanted)
    if (value === undefined) throw new ConstructProblem(`cannot decode !!str \`${text}\` as a ${tag}`, offset)
    return value
  }
  return text
}

function decodeBase64(text: string, offset: number): string {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/\s+/g, '')), (letter) => letter.charCodeAt(0))
    return new TextDecoder().decode(bytes)
  } catch {
    throw new ConstructProblem('!!binary value contains invalid base64 data', offset)
  }
}
