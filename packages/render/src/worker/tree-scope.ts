import { type FileEntry, FileNotLoaded } from '@driftless/foundation'
import type { LoadableTree } from '@driftless/git'
import type { PartialTree } from './wire.ts'

/** A growing part of a repository that is given to a worker. */
export interface TreeScope {
  readonly part: PartialTree
  /** Adds a directory and what is below it as far as that is small, or the files beside a file. */
  add(path: string): Promise<void>
  /** Adds the directory above several paths with all that is below it, if that is small. */
  addAround(paths: readonly string[]): Promise<void>
}

interface Bounds {
  /** Names of the files that count. */
  readonly files: RegExp
  /** Most files and directories. */
  readonly count: number
  readonly bytes: number
}

const everything: Bounds = { files: /^/, count: 2000, bytes: 16 << 20 }
const manifests: Bounds = { files: /\.(?:ya?ml|json)$/, count: 50_000, bytes: 64 << 20 }
/** Files above this are given only when they are asked for. */
const largeFile = 1 << 20

/** Starts with the names in the root only. */
export function createTreeScope(loadable: LoadableTree): TreeScope {
  const { tree } = loadable
  const directories = new Map<string, readonly FileEntry[]>()
  const files = new Map<string, Uint8Array>()

  const addNames = (directory: string): void => {
    for (let path = directory; ; path = parentOf(path)) {
      const entries = tree.list(path)
      if (entries !== undefined) directories.set(path, entries)
      if (path === '') return
    }
  }

  const addContents = async (paths: readonly string[]): Promise<void> => {
    const missing = paths.filter((path) => !files.has(path))
    await loadable.loadAll(missing)
    for (const path of missing) {
      const content = readLoaded(loadable, path)
      if (content !== undefined) files.set(path, content)
    }
  }

  /** Names and contents below a directory; `false`, and nothing added, when there is too much. */
  const addBelow = async (directory: string, bounds: Bounds): Promise<boolean> => {
    const below = survey(loadable, directory, bounds)
    if (below === undefined) return false
    addNames(directory)
    for (const path of below.directories) directories.set(path, tree.list(path) ?? [])
    await addContents(below.files)
    return true
  }

  addNames('')
  return {
    part: { directories, files, links: loadable.links },
    async add(path) {
      if (tree.list(path) !== undefined) {
        if ((await addBelow(path, everything)) || (await addBelow(path, manifests))) return
        return addNames(path)
      }
      const parent = parentOf(path)
      addNames(parent)
      const beside = (tree.list(parent) ?? []).filter(({ kind, size = 0 }) => kind === 'file' && size <= largeFile)
      const total = beside.reduce((sum, { size = 0 }) => sum + size, 0)
      const isSmall = beside.length <= everything.count && total <= everything.bytes
      const names = isSmall ? beside.map(({ name }) => (parent === '' ? name : `${parent}/${name}`)) : []
      await addContents([...new Set([path, ...names])])
    },
    addAround: async (paths) => void (await addBelow(commonDirectory(paths), everything)),
  }
}

/** What lies below a directory, without large files; `undefined` when it is more than the bounds. */
function survey(
  { tree }: LoadableTree,
  directory: string,
  bounds: Bounds,
): { directories: string[]; files: string[] } | undefined {
  const found = { directories: [directory], files: [] as string[] }
  let bytes = 0
  for (const current of found.directories) {
    for (const { name, kind, size = 0 } of tree.list(current) ?? []) {
      const path = current === '' ? name : `${current}/${name}`
      if (kind === 'directory') found.directories.push(path)
      if (kind !== 'file' || size > largeFile || !bounds.files.test(name)) continue
      found.files.push(path)
      bytes += size
    }
    if (found.files.length + found.directories.length > bounds.count || bytes > bounds.bytes) return undefined
  }
  return found
}

function readLoaded({ tree }: LoadableTree, path: string): Uint8Array | undefined {
  try {
    return tree.read(path)
  } catch (error) {
    if (error instanceof FileNotLoaded) return undefined
    throw error
  }
}

function commonDirectory(paths: readonly string[]): string {
  const [first = '', ...rest] = paths
  const steps = first.split('/').slice(0, -1)
  while (steps.length > 0 && !rest.every((path) => path.startsWith(`${steps.join('/')}/`))) steps.pop()
  return steps.join('/')
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}
