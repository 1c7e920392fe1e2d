import type { FileEntry } from '@driftless/foundation'
import { FileNotLoaded, type FileTree } from '@driftless/foundation'
import type { SourceType } from '@driftless/model'
import type { AppDetails } from '../source/describe-source.ts'
import type { SourceJob } from '../source/job.ts'

/** The part of a tree that a worker was given: what is not in it may exist all the same. */
export interface PartialTree {
  readonly directories: ReadonlyMap<string, readonly FileEntry[]>
  /** Contents in shared memory. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** All symbolic links of the tree. */
  readonly links: ReadonlyMap<string, string>
}

/** Name of a source's own tree among the trees of a request; others are named by their `ref`. */
export const ownTree = ''

/** What the main thread asks of a worker. */
export interface WorkerRequest {
  readonly id: number
  /** To render it, or to say what a form needs to know of it. */
  readonly task: 'render' | 'describe'
  readonly job: SourceJob
  readonly trees: ReadonlyMap<string, PartialTree>
}

/** What a render looked at in one tree: the directories listed, the files read (or found missing), the links followed. */
export interface TreeReads {
  readonly directories: readonly string[]
  readonly files: readonly string[]
  readonly links: readonly string[]
}

/** An error as data. */
export interface PlainError {
  readonly code: string
  readonly message: string
  readonly status: number
  readonly retryable: boolean
  readonly place?:
    | { readonly file?: string; readonly line?: number; readonly column?: number; readonly object?: string }
    | undefined
}

/** What a worker answers. */
export type WorkerAnswer = { readonly id: number } & (
  | {
      readonly kind: 'done'
      readonly type: SourceType
      /** JSON of the list of objects, UTF-8. */
      readonly json: Uint8Array
      readonly hashes: string[]
      readonly commands: string[]
      readonly usesRevision: boolean
      readonly reads: ReadonlyMap<string, TreeReads>
    }
  | { readonly kind: 'described'; readonly details: AppDetails }
  | { readonly kind: 'missing'; readonly tree: string; readonly path: string }
  | { readonly kind: 'failed'; readonly error: PlainError; readonly reads: ReadonlyMap<string, TreeReads> }
)

/** A partial tree as the engines see it, which remembers what was looked at and what was missing. */
export interface WatchedTree {
  readonly tree: FileTree
  reads(): TreeReads
  /** The path that made the last `FileNotLoaded`. */
  missing(): string | undefined
}

/** Lets engines read a partial tree. */
export function watchTree(part: PartialTree): WatchedTree {
  const directories = new Set<string>()
  const files = new Set<string>()
  const links = new Set<string>()
  let missing: string | undefined
  const notLoaded = (path: string): FileNotLoaded => {
    missing = path
    return new FileNotLoaded(path)
  }
  /** The entry of a path, `undefined` when it certainly does not exist. */
  const entryOf = (path: string): FileEntry | undefined => {
    const slash = path.lastIndexOf('/')
    const parent = path.slice(0, Math.max(slash, 0))
    const siblings = part.directories.get(parent)
    if (siblings !== undefined) return siblings.find(({ name }) => name === path.slice(slash + 1))
    if (entryOf(parent)?.kind === 'directory') throw notLoaded(parent)
    return undefined
  }
  return {
    reads: () => ({ directories: [...directories], files: [...files], links: [...links] }),
    missing: () => missing,
    tree: {
      list(directory) {
        directories.add(directory)
        const entries = part.directories.get(directory)
        if (entries !== undefined || directory === '') return entries
        if (entryOf(directory)?.kind === 'directory') throw notLoaded(directory)
        return undefined
      },
      read(path) {
        files.add(path)
        const content = part.files.get(path)
        if (content !== undefined || path === '') return content
        if (entryOf(path)?.kind === 'file') throw notLoaded(path)
        return undefined
      },
      readLink(path) {
        const target = part.links.get(path)
        if (target !== undefined) links.add(path)
        return target
      },
    },
  }
}
