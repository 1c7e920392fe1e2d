import {
  createBudget,
  createGlob,
  DriftlessError,
  type FileTree,
  FileTreeErrors,
  LimitErrors,
  resolveInTree,
} from '@driftless/foundation'
import { type KubeObject, ManifestErrors, parseManifests, YamlErrors } from '@driftless/kube-objects'
import { RenderErrors } from '../errors.ts'
import { isCode, pathIn } from '../source/app-path.ts'
import type { Tool } from './tool.ts'

const extensions = /\.(?:yaml|yml|json|jsonnet)$/
const skipComment = '# +argocd:skip-file-rendering'

/** Reads the manifests of a plain directory (spec: objects §1.2, directory). */
export const renderDirectory: Tool = ({ job, source, directory, trees }) => {
  const options = source.directory ?? {}
  const include = options.include ? createGlob(options.include) : () => true
  const exclude = options.exclude ? createGlob(options.exclude) : () => false
  const limit = job.limits.manifestBytes
  const budget = createBudget('manifests', limit)
  const objects: KubeObject[] = []
  for (const path of filesOf(trees.own, directory, options.recurse === true)) {
    const name = directory === '' ? path : path.slice(directory.length + 1)
    if (options.disableExtensionFilter !== true && !extensions.test(path)) continue
    if (exclude(name) || !include(name)) continue
    const content = trees.own.read(realFile(trees.own, path))
    if (content === undefined) continue
    try {
      budget.spend(content.length)
    } catch (error) {
      if (!isCode(error, LimitErrors.EXCEEDED.code)) throw error
      throw RenderErrors.MANIFESTS_TOO_LARGE({ path: directory || '.', limit })
    }
    objects.push(...readManifests(path, new TextDecoder().decode(content)))
  }
  return { objects, commands: [] }
}

/** Files and links below a directory in the order of a walk by name. */
function* filesOf(tree: FileTree, directory: string, recurse: boolean): Generator<string> {
  for (const { name, kind } of tree.list(directory) ?? []) {
    const path = pathIn(directory, name)
    if (kind === 'directory') {
      if (recurse) yield* filesOf(tree, path, recurse)
    } else if (kind !== 'other') yield path
  }
}

/** The file that a path leads to, which must lie in the same repository. */
function realFile(tree: FileTree, path: string): string {
  try {
    return resolveInTree(tree, path)
  } catch (error) {
    if (!isCode(error, FileTreeErrors.OUTSIDE.code)) throw error
    throw RenderErrors.LINK_OUTSIDE(
      { path, target: tree.readLink(path) ?? 'another place' },
      { place: { file: path }, cause: error },
    )
  }
}

function readManifests(path: string, text: string): KubeObject[] {
  if (text.includes(skipComment)) return []
  if (path.endsWith('.jsonnet')) throw RenderErrors.JSONNET_UNSUPPORTED({ path }, { place: { file: path } })
  const isJson = path.endsWith('.json')
  try {
    const objects = parseManifests(text, { file: path }).filter((object) => !isEmptyList(object))
    if (isJson && objects.length === 0 && text.trim() === '')
      throw RenderErrors.MANIFEST_INVALID({ path, reason: 'the file is empty' }, { place: { file: path } })
    return objects
  } catch (error) {
    if (!isJson && isUnrelated(error, text)) return []
    throw error
  }
}

/** Whether a file that cannot be read as manifests does not look like one either, so that nobody misses it. */
function isUnrelated(error: unknown, text: string): boolean {
  const isUnreadable =
    error instanceof DriftlessError &&
    (error.code === YamlErrors.INVALID.code || error.code === ManifestErrors.INVALID.code)
  return isUnreadable && !['apiVersion:', 'kind:', 'metadata:'].every((word) => text.includes(word))
}

function isEmptyList(object: KubeObject): boolean {
  return object.kind.endsWith('List') && 'items' in object && object.items === null
}
