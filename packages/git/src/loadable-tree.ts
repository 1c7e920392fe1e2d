import { FileNotLoaded, type FileTree } from '@driftless/foundation'
import { GitErrors } from './errors.ts'
import type { TreeIndex } from './tree-index.ts'

/** The files of one commit, whose contents are brought in when they are asked for. */
export interface LoadableTree {
  /** Names are all known; `read()` throws `FileNotLoaded` for a file that was not loaded. */
  readonly tree: FileTree
  /** Path → text, of every symbolic link. */
  readonly links: ReadonlyMap<string, string>
  /** Object id of a directory (`''` is the root): equal ids, equal contents. */
  treeId(path: string): string | undefined
  /** Object id of a file or link. */
  blobId(path: string): string | undefined
  /** Loads a file, or every file under a directory but those that are too large; a path that is neither is ignored. */
  load(path: string): Promise<void>
  /** Loads exactly these files in one go. */
  loadAll(paths: readonly string[]): Promise<void>
}

/** What a tree is made of. */
export interface LoadableTreeParts {
  readonly url: string
  readonly index: TreeIndex
  /** Largest file that is read, and most bytes of one load. */
  readonly limits: { readonly fileBytes: number; readonly contentBytes: number }
  /** Reads objects, given with their sizes. */
  readonly readBlobs: (wanted: ReadonlyMap<string, number>) => Promise<ReadonlyMap<string, Uint8Array>>
}

/** Creates a view of a commit; contents stay with it as long as it lives. */
export function createLoadableTree({ url, index, limits, readBlobs }: LoadableTreeParts): LoadableTree {
  const contents = new Map<string, Uint8Array>()

  const tree: FileTree = {
    list: (directory) => index.directories.get(directory),
    readLink: (path) => index.links.get(path),
    read(path) {
      if (!index.sizes.has(path)) return undefined
      const content = contents.get(index.ids.get(path) ?? '')
      if (content === undefined) throw new FileNotLoaded(path)
      return content
    },
  }

  const loadAll = async (paths: readonly string[]): Promise<void> => {
    const wanted = new Map<string, number>()
    for (const path of paths) {
      const id = index.ids.get(path)
      const size = index.sizes.get(path)
      if (id === undefined || size === undefined || contents.has(id)) continue
      if (size > limits.fileBytes) throw GitErrors.FILE_TOO_LARGE({ url, path, size, limit: limits.fileBytes })
      wanted.set(id, size)
    }
    const total = [...wanted.values()].reduce((sum, size) => sum + size, 0)
    if (total > limits.contentBytes)
      throw GitErrors.TOO_LARGE({ url, what: 'the content to read', limit: limits.contentBytes })
    for (const [id, content] of await readBlobs(wanted)) contents.set(id, content)
  }

  return {
    tree,
    links: index.links,
    treeId: (path) => (index.directories.has(path) ? index.ids.get(path) : undefined),
    blobId: (path) => (index.directories.has(path) ? undefined : index.ids.get(path)),
    loadAll,
    load: (path) => loadAll(index.sizes.has(path) ? [path] : filesUnder(index, path, limits.fileBytes)),
  }
}

function filesUnder(index: TreeIndex, directory: string, largest: number): string[] {
  const found: string[] = []
  const pending = [directory]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of index.directories.get(next) ?? []) {
      const path = next === '' ? entry.name : `${next}/${entry.name}`
      if (entry.kind === 'directory') pending.push(path)
      else if (entry.kind === 'file' && (entry.size ?? 0) <= largest) found.push(path)
    }
  }
  return found
}
