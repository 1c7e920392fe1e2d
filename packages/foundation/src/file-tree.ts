import { defineErrors } from './errors.ts'

/** Errors of reading a tree of files. */
export const FileTreeErrors = defineErrors('FILE', {
  OUTSIDE: {
    status: 400,
    message: (p: { path: string; from: string }) =>
      `${p.path} (named in ${p.from}) leads outside the source; paths must stay inside the repository`,
  },
  LINK_LOOP: {
    status: 400,
    message: (p: { path: string }) => `${p.path} is a symbolic link that does not end: remove the loop`,
  },
  NOT_FOUND: { status: 400, message: (p: { path: string }) => `${p.path} does not exist` },
})

/** What lies in a directory of a tree. */
export interface FileEntry {
  readonly name: string
  readonly kind: 'file' | 'directory' | 'symlink' | 'other'
  /** Size in bytes where the tree knows it without reading. */
  readonly size?: number
}

/**
 * A read-only tree of files, read synchronously so that the pure engines need no I/O.
 * Paths are relative to the root, separated by `/`, without `.`, `..` or a leading `/`; the root itself is `''`.
 * Symbolic links are not followed here: see {@link resolveInTree}.
 */
export interface FileTree {
  /** Entries of a directory in byte order of their names, or `undefined` when it is no directory. */
  list(directory: string): readonly FileEntry[] | undefined
  /** Content of a regular file, or `undefined` when there is none. May throw {@link FileNotLoaded}. */
  read(path: string): Uint8Array | undefined
  /** The text of a symbolic link, or `undefined` when the path is not one. */
  readLink(path: string): string | undefined
}

/**
 * Thrown by a lazily filled tree when a file is known but its content was not loaded yet.
 * Whoever owns the tree loads it and runs the (pure) work again; engines must let it pass.
 */
export class FileNotLoaded extends Error {
  override readonly name = 'FileNotLoaded'
  readonly path: string
  constructor(path: string) {
    super(`${path} is not loaded yet`)
    this.path = path
  }
}

/** A tree that lives in memory: path → content. */
export function memoryTree(
  files: Readonly<Record<string, string | Uint8Array>>,
  links: Readonly<Record<string, string>> = {},
): FileTree {
  const encoder = new TextEncoder()
  const contents = new Map(
    Object.entries(files).map(([path, text]) => [path, typeof text === 'string' ? encoder.encode(text) : text]),
  )
  const targets = new Map(Object.entries(links))
  const directories = new Map<string, Map<string, FileEntry>>([['', new Map()]])
  const add = (path: string, entry: Omit<FileEntry, 'name'>): void => {
    const slash = path.lastIndexOf('/')
    const parent = slash < 0 ? '' : path.slice(0, slash)
    if (!directories.has(parent)) {
      directories.set(parent, new Map())
      add(parent, { kind: 'directory' })
    }
    const name = path.slice(slash + 1)
    directories.get(parent)?.set(name, { name, ...entry })
  }
  for (const [path, content] of contents) add(path, { kind: 'file', size: content.length })
  for (const path of targets.keys()) add(path, { kind: 'symlink' })
  const sorted = new Map([...directories].map(([path, entries]) => [path, [...entries.values()].sort(byName)]))
  return {
    list: (directory) => sorted.get(directory),
    read: (path) => contents.get(path),
    readLink: (path) => targets.get(path),
  }
}

/** A tree with `directory` of another tree as its root; links that lead out of it cannot be resolved in it. */
export function subtree(tree: FileTree, directory: string): FileTree {
  if (directory === '') return tree
  const inner = (path: string) => (path === '' ? directory : `${directory}/${path}`)
  return {
    list: (path) => tree.list(inner(path)),
    read: (path) => tree.read(inner(path)),
    readLink: (path) => tree.readLink(inner(path)),
  }
}

/** A view of a tree that remembers which files were read and which directories were listed. */
export function trackReads(tree: FileTree): {
  readonly tree: FileTree
  readonly files: Set<string>
  readonly directories: Set<string>
} {
  const files = new Set<string>()
  const directories = new Set<string>()
  return {
    files,
    directories,
    tree: {
      list(directory) {
        directories.add(directory)
        return tree.list(directory)
      },
      read(path) {
        files.add(path)
        return tree.read(path)
      },
      readLink: (path) => tree.readLink(path),
    },
  }
}

/** Joins and normalises a path relative to `directory`; a leading `/` means the root. Throws `FILE_OUTSIDE` when it leaves the root. */
export function joinPath(directory: string, path: string): string {
  const parts = path.startsWith('/') || directory === '' ? [] : directory.split('/')
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) throw FileTreeErrors.OUTSIDE({ path, from: directory || '/' })
  }
  return parts.join('/')
}

const maxLinks = 10

/**
 * Follows every symbolic link on the way to `path` and returns the real path inside the tree.
 * Throws `FILE_OUTSIDE` when a link leaves the root and `FILE_LINK_LOOP` after 10 links.
 */
export function resolveInTree(tree: FileTree, path: string): string {
  let real = ''
  let links = 0
  let followed = { path, from: '/' }
  const rest = path.split('/').filter((part) => part !== '')
  while (rest.length > 0) {
    const part = rest.shift() as string
    if (part === '..' && real === '') throw FileTreeErrors.OUTSIDE(followed)
    const next = joinPath(real, part)
    const target = tree.readLink(next)
    if (target === undefined) {
      real = next
      continue
    }
    if (target.startsWith('/')) throw FileTreeErrors.OUTSIDE({ path: target, from: next })
    links += 1
    if (links > maxLinks) throw FileTreeErrors.LINK_LOOP({ path })
    followed = { path: target, from: next }
    rest.unshift(...target.split('/').filter((step) => step !== '' && step !== '.'))
  }
  return real
}

/** Reads a file as UTF-8 through its links; throws `FILE_NOT_FOUND` when it is absent. */
export function readText(tree: FileTree, path: string): string {
  const content = tree.read(resolveInTree(tree, path))
  if (content === undefined) throw FileTreeErrors.NOT_FOUND({ path })
  return new TextDecoder().decode(content)
}

function byName(a: FileEntry, b: FileEntry): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
