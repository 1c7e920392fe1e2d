import { createHash } from 'node:crypto'
import type { LoadableTree } from '@driftless/git'
import type { TreeReads } from '../worker/wire.ts'

/** What a render looked at in one tree, with what it found there. */
export interface TreeDependencies {
  /** Object id of the whole tree: when it is the same, all is. */
  readonly rootId: string | undefined
  /** Path → object id; `undefined` where there was no file. */
  readonly files: readonly (readonly [path: string, id: string | undefined])[]
  /** Path → object id and digest of the names. */
  readonly directories: readonly (readonly [path: string, id: string | undefined, names: string])[]
  readonly links: readonly (readonly [path: string, target: string])[]
}

/** Notes what was read, as it is in a commit. */
export function captureDependencies(reads: TreeReads, loadable: LoadableTree): TreeDependencies {
  return {
    rootId: loadable.treeId(''),
    files: [...reads.files].sort().map((path) => [path, loadable.blobId(path)] as const),
    directories: [...reads.directories]
      .sort()
      .map((path) => [path, loadable.treeId(path), namesDigest(loadable, path)] as const),
    links: [...reads.links].sort().map((path) => [path, loadable.links.get(path) ?? ''] as const),
  }
}

/** Whether another commit holds the same in all that was looked at, so that a render of it gives the same. */
export function isUnchanged(dependencies: TreeDependencies, loadable: LoadableTree): boolean {
  if (dependencies.rootId === loadable.treeId('')) return true
  return (
    dependencies.links.every(([path, target]) => loadable.links.get(path) === target) &&
    dependencies.directories.every(
      ([path, id, names]) => loadable.treeId(path) === id || namesDigest(loadable, path) === names,
    ) &&
    dependencies.files.every(([path, id]) => loadable.blobId(path) === id)
  )
}

/** A digest of all that was looked at. */
export function digestDependencies(trees: ReadonlyMap<string, TreeDependencies>): string {
  const hash = createHash('sha256')
  for (const [name, { files, directories, links }] of [...trees].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(JSON.stringify([name, files, directories.map(([path, , names]) => [path, names]), links]))
  }
  return hash.digest('hex')
}

function namesDigest(loadable: LoadableTree, directory: string): string {
  const entries = loadable.tree.list(directory)
  if (entries === undefined) return ''
  const hash = createHash('sha256')
  for (const { name, kind } of entries) hash.update(`${kind} ${name}\0`)
  return hash.digest('base64')
}
