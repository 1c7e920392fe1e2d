import { FileNotLoaded, type FileTree, joinPath, messageOf, resolveInTree } from '@driftless/foundation'
import { parseManifests } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import { addGenerated } from '../generators/generate.ts'
import type { Kustomization } from '../load/kustomization.ts'
import { kustomizationNames, readKustomization } from '../load/read-kustomization.ts'
import { transform } from '../transformers/transform.ts'
import { createResource, currentId, formatId, type Resource, sameId } from './resource.ts'

/** Fetches a remote base; absent where nothing may be fetched. */
export type FetchRemote = (url: string) => { tree: FileTree; path: string }

/** One directory that is being built, and from where it was reached. */
export interface Place {
  readonly tree: FileTree
  readonly directory: string
  /** Directories above on the way here; meeting one again is a cycle. */
  readonly ancestors: readonly string[]
  readonly restricted: boolean
  readonly fetchRemote: FetchRemote | undefined
}

/** Builds what a directory's kustomization describes: its resources, generated objects, components, then its transformers. */
export function accumulate(
  place: Place,
  adjust: (kustomization: Kustomization) => Kustomization = (same) => same,
): Resource[] {
  const kustomization = adjust(readKustomization(place.tree, place.directory))
  return applyLayer(kustomization, [], place)
}

function applyLayer(kustomization: Kustomization, given: Resource[], place: Place): Resource[] {
  const resources = [...given]
  for (const entry of kustomization.resources) append(resources, loadEntry(entry, kustomization, place))
  addGenerated(resources, kustomization, place)
  for (const entry of kustomization.components) {
    const component = enter(entry, kustomization, place)
    const definition = readKustomization(component.tree, component.directory)
    resources.splice(0, resources.length, ...applyLayer(definition, resources, component))
  }
  transform(resources, kustomization, place)
  return resources
}

/** Reads one entry of `resources`: a directory with a kustomization, a file, or a remote base. */
function loadEntry(entry: string, kustomization: Kustomization, place: Place): Resource[] {
  const local = tryJoin(place.directory, entry)
  if (local !== undefined && isFile(place.tree, local)) return loadFile(local, { entry, kustomization, place })
  if (local !== undefined && place.tree.list(realPath(place.tree, local)) !== undefined)
    return accumulate(enter(entry, kustomization, place))
  if (looksRemote(entry)) {
    if (place.fetchRemote === undefined) throw KustomizeErrors.REMOTE({ entry })
    const remote = place.fetchRemote(entry)
    return accumulate({ ...place, tree: remote.tree, directory: remote.path, ancestors: [] })
  }
  throw KustomizeErrors.RESOURCE(
    { entry, file: kustomization.file, reason: 'it does not exist' },
    { place: { file: kustomization.file } },
  )
}

function loadFile(path: string, at: { entry: string; kustomization: Kustomization; place: Place }): Resource[] {
  const text = readFile(path, at.place)
  try {
    return parseManifests(text, { file: path }).map((object) => createResource(object))
  } catch (error) {
    if (error instanceof FileNotLoaded) throw error
    const place = (error as { place?: { file?: string; line?: number } }).place ?? { file: path }
    throw KustomizeErrors.RESOURCE(
      { entry: at.entry, file: at.kustomization.file, reason: messageOf(error) },
      { cause: error, place },
    )
  }
}

/** Reads a file that a kustomization names; it must lie in or below the kustomization's directory unless restrictions are off. */
export function readFile(path: string, place: Pick<Place, 'tree' | 'directory' | 'restricted'>): string {
  const real = realPath(place.tree, path)
  if (place.restricted && place.directory !== '' && !real.startsWith(`${place.directory}/`)) {
    throw KustomizeErrors.OUTSIDE({ path, root: place.directory })
  }
  const content = place.tree.read(real)
  if (content === undefined)
    throw KustomizeErrors.RESOURCE({ entry: path, file: place.directory || '.', reason: 'it does not exist' })
  return new TextDecoder().decode(content)
}

/** Goes into another directory; meeting one that is being built already is a cycle. */
function enter(entry: string, kustomization: Kustomization, place: Place): Place {
  const directory = realPath(place.tree, joinPath(place.directory, entry))
  if (directory === place.directory || place.ancestors.includes(directory)) {
    throw KustomizeErrors.CYCLE(
      { path: directory || '.', from: place.directory || '.' },
      { place: { file: kustomization.file } },
    )
  }
  if (!kustomizationNames.some((name) => isFile(place.tree, directory === '' ? name : `${directory}/${name}`))) {
    throw KustomizeErrors.NO_KUSTOMIZATION({ path: directory || '.' }, { place: { file: kustomization.file } })
  }
  return { ...place, directory, ancestors: [...place.ancestors, place.directory] }
}

/** Appends objects; two of one id are an error. */
export function append(resources: Resource[], added: readonly Resource[]): void {
  for (const resource of added) {
    const id = currentId(resource)
    if (resources.some((known) => sameId(currentId(known), id))) throw KustomizeErrors.DUPLICATE({ id: formatId(id) })
    resources.push(resource)
  }
}

function isFile(tree: FileTree, path: string): boolean {
  const real = realPath(tree, path)
  const slash = real.lastIndexOf('/')
  const entries = tree.list(slash < 0 ? '' : real.slice(0, slash))
  return entries?.some(({ name, kind }) => name === real.slice(slash + 1) && kind === 'file') === true
}

function realPath(tree: FileTree, path: string): string {
  return resolveInTree(tree, path)
}

function tryJoin(directory: string, entry: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(entry)) return undefined
  return joinPath(directory, entry)
}

function looksRemote(entry: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:\/\//i.test(entry) ||
    /^[\w.-]+@[\w.-]+:/.test(entry) ||
    /^(github\.com|gitlab\.com|bitbucket\.org)\//.test(entry)
  )
}
