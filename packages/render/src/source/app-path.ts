import { type FileTree, FileTreeErrors, joinPath, resolveInTree } from '@driftless/foundation'
import { RenderErrors } from '../errors.ts'

/** The real directory of a source in its repository. Throws `RENDER_PATH_*` when there is none. */
export function findAppDirectory(tree: FileTree, path: string): string {
  const shown = path === '' ? '.' : path
  if (path.startsWith('/')) throw RenderErrors.PATH_ABSOLUTE({ path })
  let real: string
  try {
    real = resolveInTree(tree, joinPath('', path))
  } catch (error) {
    if (isCode(error, FileTreeErrors.OUTSIDE.code)) throw RenderErrors.PATH_OUTSIDE({ path: shown })
    throw error
  }
  if (tree.list(real) !== undefined) return real
  const parent = real.slice(0, Math.max(real.lastIndexOf('/'), 0))
  const name = real.slice(real.lastIndexOf('/') + 1)
  const exists = tree.list(parent)?.some((entry) => entry.name === name) ?? false
  throw exists ? RenderErrors.PATH_NOT_DIRECTORY({ path: shown }) : RenderErrors.PATH_MISSING({ path: shown })
}

/** Whether something thrown is the catalogue error of that code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** Joins a directory and a name. */
export function pathIn(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`
}
