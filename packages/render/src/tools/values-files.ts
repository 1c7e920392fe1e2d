import { createGlob, type FileTree, FileTreeErrors, joinPath, readText, resolveInTree } from '@driftless/foundation'
import { RenderErrors } from '../errors.ts'
import { isCode, pathIn } from '../source/app-path.ts'
import type { ToolRequest } from './tool.ts'

/** A file that a source names, with the tree it lies in. */
export interface NamedFile {
  readonly tree: FileTree
  /** Path in the tree, links not yet followed. */
  readonly path: string
  /** Path as messages show it. */
  readonly shown: string
}

/** The values files of a Helm source in their order: globs expanded, absent ones left out where that is allowed. */
export function readValuesFiles(request: ToolRequest): { path: string; text: string }[] {
  const helm = request.source.helm ?? {}
  const named = (helm.valueFiles ?? []).map((text) => locate(request, text))
  const explicit = new Set(named.filter((file) => !isPattern(file.path)).map(keyOf))
  const files = new Map<string, NamedFile>()
  for (const file of named) {
    const found = isPattern(file.path) ? expand(file).filter((match) => !explicit.has(keyOf(match))) : [file]
    if (found.length === 0 && helm.ignoreMissingValueFiles !== true && expand(file).length === 0) {
      throw RenderErrors.GLOB_UNMATCHED({ pattern: file.shown })
    }
    for (const each of found) if (!files.has(keyOf(each))) files.set(keyOf(each), each)
  }
  return [...files.values()].flatMap((file) => {
    const text = readNamed(file)
    if (text !== undefined) return [{ path: file.shown, text }]
    if (helm.ignoreMissingValueFiles === true) return []
    throw RenderErrors.VALUES_MISSING({ path: file.shown }, { place: { file: file.shown } })
  })
}

/** Finds the file that a path of a source means: relative to its directory, `/` from the root, or `$ref/` in another source. */
export function locate(request: ToolRequest, text: string): NamedFile {
  const reference = /^\$([A-Za-z0-9_-]+)(?:\/|$)/.exec(text)
  const tree = reference?.[1] === undefined ? undefined : request.trees.references[reference[1]]
  if (reference?.[1] !== undefined && tree !== undefined) {
    const path = request.environment.substitute(text.slice(reference[0].length))
    return { tree, path: joinPath('', path), shown: `$${reference[1]}/${path}` }
  }
  const path = request.environment.substitute(text)
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) throw RenderErrors.VALUES_REMOTE({ url: new URL(path).origin })
  if (reference?.[1] !== undefined && path.startsWith('/') && !text.startsWith('$ARGOCD_')) {
    throw RenderErrors.REFERENCE_UNKNOWN({ reference: reference[1], path: text })
  }
  return { tree: request.trees.own, path: joinPath(request.directory, path), shown: path }
}

/** The text of a named file; `undefined` when it is absent. */
export function readNamed(file: NamedFile): string | undefined {
  try {
    return readText(file.tree, file.path)
  } catch (error) {
    if (isCode(error, FileTreeErrors.NOT_FOUND.code)) return undefined
    throw error
  }
}

function keyOf(file: NamedFile): string {
  return `${file.shown.startsWith('$') ? file.shown.split('/', 1)[0] : ''}:${file.path}`
}

function isPattern(path: string): boolean {
  return /[*?[{]/.test(path)
}

/** Files that a pattern matches, in order of their names. */
function expand(file: NamedFile): NamedFile[] {
  const firstWild = file.path.split('/').findIndex(isPattern)
  const base = file.path.split('/').slice(0, firstWild).join('/')
  const matches = createGlob(file.path, { separators: '/', globstar: true })
  const shownBase = file.shown.startsWith('$') ? `${file.shown.split('/', 1)[0]}/` : ''
  return walk(file.tree, resolveInTree(file.tree, base), base)
    .filter(matches)
    .sort()
    .map((path) => ({ tree: file.tree, path, shown: `${shownBase}${path}` }))
}

function walk(tree: FileTree, real: string, shown: string): string[] {
  return (tree.list(real) ?? []).flatMap(({ name, kind }) => {
    const path = pathIn(shown, name)
    return kind === 'directory' ? walk(tree, pathIn(real, name), path) : kind === 'other' ? [] : [path]
  })
}
