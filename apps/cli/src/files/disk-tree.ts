import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { FileEntry, FileTree } from '@driftless/foundation'

/**
 * The files below a directory of the disk. Reads are synchronous; symbolic links are reported, never followed, on the way to a path
 * either, so nothing outside of the root can be reached. Absolute links that stay inside are told as relative ones.
 */
export function diskTree(root: string): FileTree {
  const kinds = new Map<string, FileEntry['kind'] | undefined>([['', 'directory']])
  const kindOf = (path: string): FileEntry['kind'] | undefined => {
    if (kinds.has(path)) return kinds.get(path)
    const slash = path.lastIndexOf('/')
    const known = kindOf(slash < 0 ? '' : path.slice(0, slash)) === 'directory' && isPlainStep(path.slice(slash + 1))
    const kind = known ? kindOnDisk(join(root, path)) : undefined
    kinds.set(path, kind)
    return kind
  }
  return {
    list(directory) {
      if (kindOf(directory) !== 'directory') return undefined
      const entries = readdirSync(join(root, directory), { withFileTypes: true })
      return entries.map((entry) => ({ name: entry.name, kind: kindFrom(entry) })).sort(byName)
    },
    read: (path) => (kindOf(path) === 'file' ? readFileSync(join(root, path)) : undefined),
    readLink(path) {
      if (kindOf(path) !== 'symlink') return undefined
      return linkText(root, join(root, path))
    },
  }
}

function isPlainStep(step: string): boolean {
  return step !== '' && step !== '.' && step !== '..' && !step.includes('\0')
}

function kindOnDisk(path: string): FileEntry['kind'] | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  return stats === undefined ? undefined : kindFrom(stats)
}

function kindFrom(entry: Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): FileEntry['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'directory'
  return entry.isSymbolicLink() ? 'symlink' : 'other'
}

function linkText(root: string, path: string): string {
  const target = readlinkSync(path)
  if (!isAbsolute(target)) return target
  const inside = relative(root, resolve(target))
  if (inside === '..' || inside.startsWith(`..${sep}`)) return target
  return relative(dirname(path), target) || '.'
}

/** In byte order of the names. */
function byName(a: FileEntry, b: FileEntry): number {
  return Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))
}
