import type { DriftlessError } from '@driftless/foundation'
import type { SourceType } from '@driftless/model'
import type { TreeDependencies } from './dependencies.ts'

/** A finished render as it is kept: bytes rather than object graphs. */
export interface StoredResult {
  readonly contentKey: string
  readonly type: SourceType
  readonly json: Uint8Array
  readonly hashes: string[]
  readonly commands: string[]
  readonly filesRead: string[]
}

/** A result or a lasting failure, and what it depends on besides the inputs. */
export interface CacheEntry {
  readonly outcome:
    | { readonly ok: true; readonly result: StoredResult }
    | { readonly ok: false; readonly error: DriftlessError }
  readonly trees: ReadonlyMap<string, TreeDependencies>
  /** The commits that it is known to hold for, as {@link commitsKey} writes them. */
  readonly commits: Set<string>
  /** Whether it holds for those commits alone. */
  readonly isBound: boolean
}

/** Keeps renders by their inputs; a few for each, because branches alternate. */
export interface ResultCache {
  entries(inputs: string): readonly CacheEntry[]
  add(inputs: string, entry: CacheEntry): void
}

const entriesPerInputs = 4

/** Creates a cache of about `limit` bytes that forgets the inputs used longest ago. */
export function createResultCache(limit: number): ResultCache {
  const kept = new Map<string, CacheEntry[]>()
  let total = 0
  return {
    entries(inputs) {
      const entries = kept.get(inputs)
      if (entries === undefined) return []
      kept.delete(inputs)
      kept.set(inputs, entries)
      return entries
    },
    add(inputs, entry) {
      const entries = [entry, ...(kept.get(inputs) ?? [])]
      const dropped = entries.splice(entriesPerInputs)
      kept.delete(inputs)
      kept.set(inputs, entries)
      total += sizeOf(entry) - sum(dropped)
      for (const [oldest, values] of kept) {
        if (total <= limit) break
        kept.delete(oldest)
        total -= sum(values)
      }
    },
  }
}

function sum(entries: readonly CacheEntry[]): number {
  return entries.reduce((bytes, entry) => bytes + sizeOf(entry), 0)
}

function sizeOf({ outcome, trees }: CacheEntry): number {
  const content = outcome.ok ? outcome.result.json.length + outcome.result.hashes.length * 100 : 1000
  return [...trees.values()].reduce(
    (bytes, { files, directories }) => bytes + files.length * 200 + directories.length * 300,
    content,
  )
}
