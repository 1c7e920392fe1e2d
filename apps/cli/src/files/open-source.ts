import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, parse, relative, resolve, sep } from 'node:path'
import type { FileTree } from '@driftless/foundation'
import { diskTree } from './disk-tree.ts'

/** A tree with the path inside it that was asked for. */
export interface OpenedSource {
  readonly tree: FileTree
  readonly path: string
}

/**
 * Opens a path of the disk for an engine. The tree's root is the git work tree around it, so that links and bases inside one repository
 * work and nothing else is read; without a repository it is the path itself, or the whole disk where `bases` may lie anywhere.
 */
export function openSource(given: string, directory: string, options: { bases?: boolean } = {}): OpenedSource {
  const real = realpath(resolve(directory, given))
  const root = workTree(real) ?? (options.bases === true ? parse(real).root : real)
  const isArchive = root === real && !isDirectory(real)
  const treeRoot = isArchive ? dirname(real) : root
  return { tree: diskTree(treeRoot), path: relative(treeRoot, real).split(sep).join('/') }
}

function realpath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/** The nearest directory above (or at) a path that holds `.git`. */
export function workTree(path: string): string | undefined {
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return undefined
  }
}
