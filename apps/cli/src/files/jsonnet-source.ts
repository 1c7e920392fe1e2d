import { isAbsolute, parse, relative, resolve, sep } from 'node:path'
import { DriftlessError, type FileTree, FileTreeErrors } from '@driftless/foundation'
import { evaluateJsonnet, type JsonnetOptions, type JsonnetResult } from '@driftless/jsonnet'
import { diskTree } from './disk-tree.ts'
import { workTree } from './open-source.ts'

/** A program as a caller names it: a path, or its text. */
export type JsonnetInput = { readonly file: string } | { readonly snippet: string }

/**
 * Evaluates a program of the disk. The working directory is the root, so that messages and `std.thisFile` name files as they were given;
 * a program that imports from beside or above it is evaluated again in the git work tree, or the disk, around it.
 */
export function evaluateOnDisk(input: JsonnetInput, directory: string, options: JsonnetOptions): JsonnetResult {
  const paths = [...('file' in input ? [input.file] : []), ...(options.jpath ?? [])].map((path) =>
    resolve(directory, path),
  )
  const wide = workTree(directory) ?? parse(directory).root
  const isInside = (root: string) => paths.every((path) => inside(root, path) !== undefined)
  const roots = [directory, wide, parse(directory).root].filter(isInside)
  const [first = parse(directory).root, second] = [...new Set(roots)]
  try {
    return evaluateIn(first, { input, directory, options })
  } catch (error) {
    const leaves = error instanceof DriftlessError && error.code === FileTreeErrors.OUTSIDE.code
    if (second === undefined || !leaves) throw error
    return evaluateIn(second, { input, directory, options })
  }
}

function evaluateIn(
  root: string,
  { input, directory, options }: { input: JsonnetInput; directory: string; options: JsonnetOptions },
): JsonnetResult {
  const tree: FileTree = diskTree(root)
  const within = (path: string) => inside(root, resolve(directory, path)) ?? path
  const settings = { ...options, ...(options.jpath && { jpath: options.jpath.map(within) }) }
  if ('snippet' in input) {
    const base = inside(root, directory) ?? ''
    const libraries = base === '' ? [''] : [base]
    return evaluateJsonnet(
      { snippet: input.snippet, tree },
      { ...settings, jpath: [...(settings.jpath ?? []), ...libraries] },
    )
  }
  return evaluateJsonnet({ tree, file: within(input.file) }, settings)
}

/** The path inside a root, or undefined when it is not. */
function inside(root: string, path: string): string | undefined {
  const found = relative(root, path)
  const leaves = found === '..' || found.startsWith(`..${sep}`) || isAbsolute(found)
  return leaves ? undefined : found.split(sep).join('/')
}
