import type { FileTree } from '@driftless/foundation'
import type { ApplicationSource, SourceType } from '@driftless/model'
import { RenderErrors } from '../errors.ts'
import { pathIn } from './app-path.ts'

const kustomizationNames = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization'])

/** The tool of a source: the one that its options name, else the one that its directory calls for (spec: objects §1.2, detection). */
export function chooseTool(
  source: ApplicationSource,
  place: { readonly tree: FileTree; readonly directory: string; readonly disabled?: readonly SourceType[] | undefined },
): SourceType {
  const blocks = {
    Helm: source.helm,
    Kustomize: source.kustomize,
    Directory: source.directory,
    Plugin: source.plugin,
  } as const
  const named = (Object.keys(blocks) as SourceType[]).filter((type) =>
    type === 'Plugin' ? blocks.Plugin !== undefined : !isZero(blocks[type]),
  )
  if (named.length > 1) throw RenderErrors.SOURCES_AMBIGUOUS({ types: named })
  const type = named[0] ?? detectTool(place.tree, place.directory)
  return place.disabled?.includes(type) === true ? 'Directory' : type
}

/** What a directory is by its files; where several fit, the last in order of names decides. */
export function detectTool(tree: FileTree, directory: string): SourceType {
  let type: SourceType = 'Directory'
  for (const { name, kind } of tree.list(directory) ?? []) {
    if (kind === 'directory') continue
    if (name.endsWith('Chart.yaml')) type = 'Helm'
    if (kustomizationNames.has(name)) type = 'Kustomize'
  }
  return type
}

/** Every directory that holds a chart or a kustomization, by path. */
export function discoverTools(tree: FileTree): { path: string; type: SourceType }[] {
  const found: { path: string; type: SourceType }[] = []
  const visit = (directory: string): void => {
    const type = detectTool(tree, directory)
    if (type !== 'Directory') found.push({ path: directory === '' ? '.' : directory, type })
    for (const { name, kind } of tree.list(directory) ?? []) if (kind === 'directory') visit(pathIn(directory, name))
  }
  visit('')
  return found
}

/** Whether a block of options says nothing. */
function isZero(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.values(value).every(isZero)
}
