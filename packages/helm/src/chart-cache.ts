import { createHash } from 'node:crypto'
import { type CompiledTemplate, compileText, type FunctionTable } from '@driftless/go-template'
import type { ChartFile } from './chart/chart.ts'

/** How much a cache keeps. */
export interface ChartCacheOptions {
  /** UTF-16 units of all keys together; the oldest entries go first. */
  readonly maxText?: number
}

/**
 * Parsed values, metadata and compiled templates by content, shared by renders. The caller owns it: one for a process or worker.
 * It never changes a result; without it each render parses its chart anew.
 */
export class ChartCache {
  private readonly maxText: number
  /** Text, then what was made of it; the text alone is the key of the outer map, so that no long keys are joined. */
  private readonly entries = new Map<string, Map<string, unknown>>()
  private readonly archives = new WeakMap<Uint8Array, ChartFile[]>()
  private readonly texts = new WeakMap<Uint8Array, string>()
  /** Compiled templates hold their functions, so tables are kept apart. */
  private readonly tables = new Map<FunctionTable, number>()
  private size = 0

  constructor(options: ChartCacheOptions = {}) {
    this.maxText = options.maxText ?? 64 * 1024 * 1024
  }

  /** The value made from a text, made once while it stays in the cache; `kind` keeps makers apart. */
  memo<T>(kind: string, text: string, make: () => T): T {
    const known = this.entries.get(text)
    if (known?.has(kind) === true) return known.get(kind) as T
    const value = make()
    this.store(kind, text, value)
    return value
  }

  /** Compiled templates of a file; the first is the file itself. */
  templates(name: string, text: string, functions: FunctionTable): CompiledTemplate[] {
    return this.memo(`template ${this.tableId(functions)} ${name}`, text, () => compileText(name, text, { functions }))
  }

  /** Text of a file. */
  text(content: Uint8Array): string {
    const known = this.texts.get(content)
    if (known !== undefined) return known
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content)
    this.texts.set(content, text)
    return text
  }

  /** Files of an archive, unpacked once. */
  archive(content: Uint8Array, unpack: (content: Uint8Array) => ChartFile[]): ChartFile[] {
    const known = this.archives.get(content)
    if (known !== undefined) return known
    const files = this.memo('archive', createHash('sha256').update(content).digest('hex'), () => unpack(content))
    this.archives.set(content, files)
    return files
  }

  private tableId(functions: FunctionTable): number {
    const known = this.tables.get(functions)
    if (known !== undefined) return known
    this.tables.set(functions, this.tables.size)
    return this.tables.size - 1
  }

  private store(kind: string, text: string, value: unknown): void {
    if (text.length > this.maxText) return
    const known = this.entries.get(text)
    if (known !== undefined) {
      known.set(kind, value)
      return
    }
    this.entries.set(text, new Map([[kind, value]]))
    this.size += text.length + entryOverhead
    for (const oldest of this.entries.keys()) {
      if (this.size <= this.maxText) break
      this.entries.delete(oldest)
      this.size -= oldest.length + entryOverhead
    }
  }
}

/** What an entry costs besides its text. */
const entryOverhead = 256
