import type { FileEntry } from '@driftless/foundation'
import type { TreeItem } from './driver.ts'

/** The names, kinds and object ids of everything in one commit. */
export interface TreeIndex {
  readonly directories: ReadonlyMap<string, readonly FileEntry[]>
  /** Object id of every path, directories (`''` is the root) included. */
  readonly ids: ReadonlyMap<string, string>
  readonly sizes: ReadonlyMap<string, number>
  /** Path → text, of every symbolic link. */
  readonly links: ReadonlyMap<string, string>
  /** Rough size in memory. */
  readonly bytes: number
}

/** Arranges the entries of a commit for look-ups. `readLinks` gives the texts of the links by object id. */
export async function buildTreeIndex(
  listing: { readonly rootId: string; readonly items: readonly TreeItem[] },
  readLinks: (wanted: ReadonlyMap<string, number>) => Promise<ReadonlyMap<string, Uint8Array>>,
): Promise<TreeIndex> {
  const directories = new Map<string, FileEntry[]>([['', []]])
  const ids = new Map<string, string>([['', listing.rootId]])
  const sizes = new Map<string, number>()
  const linkIds: [path: string, id: string][] = []
  const linkSizes = new Map<string, number>()
  let bytes = 0
  for (const { path, kind, id, size } of listing.items) {
    const slash = path.lastIndexOf('/')
    const name = path.slice(slash + 1)
    const parent = path.slice(0, Math.max(slash, 0))
    const siblings = directories.get(parent)
    if (siblings === undefined) continue
    siblings.push(kind === 'file' ? { name, kind, size } : { name, kind })
    ids.set(path, id)
    if (kind === 'directory') directories.set(path, [])
    if (kind === 'file') sizes.set(path, size)
    if (kind === 'symlink') {
      linkIds.push([path, id])
      linkSizes.set(id, size)
    }
    bytes += path.length * 2 + name.length * 2 + 200
  }
  for (const entries of directories.values()) entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const texts = await readLinks(linkSizes)
  const links = new Map(linkIds.map(([path, id]) => [path, Buffer.from(texts.get(id) ?? []).toString()]))
  return { directories, ids, sizes, bytes, links }
}

/** Paths of files and links whose object differs between two commits, sorted. */
export function differingPaths(before: TreeIndex, after: TreeIndex): string[] {
  const paths = new Set<string>()
  const walk = (directory: string): void => {
    if (before.ids.get(directory) === after.ids.get(directory)) return
    const names = new Set(
      [...(before.directories.get(directory) ?? []), ...(after.directories.get(directory) ?? [])].map(
        ({ name }) => name,
      ),
    )
    for (const name of names) {
      const path = directory === '' ? name : `${directory}/${name}`
      if (before.ids.get(path) === after.ids.get(path)) continue
      const isDirectory = before.directories.has(path) || after.directories.has(path)
      if (isDirectory) walk(path)
      for (const index of [before, after]) if (index.ids.has(path) && !index.directories.has(path)) paths.add(path)
    }
  }
  walk('')
  return [...paths].sort()
}
