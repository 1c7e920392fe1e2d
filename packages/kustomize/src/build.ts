import type { FileTree } from '@driftless/foundation'
import { type KubeObject, printYaml } from '@driftless/kube-objects'
import { contentHash } from './generators/content-hash.ts'
import { sortLegacy } from './legacy-order.ts'
import type { Kustomization } from './load/kustomization.ts'
import { applyOverrides, type KustomizeOverrides } from './load/overrides.ts'
import { fixReferences } from './references/fix-references.ts'
import { accumulate, type FetchRemote } from './resources/accumulate.ts'
import { currentId, type Resource, rememberId } from './resources/resource.ts'

export interface BuildRequest {
  readonly tree: FileTree
  /** Directory of the kustomization inside the tree. */
  readonly path: string
  /** Changes on top, as `kustomize edit` would write them into the file. */
  readonly overrides?: KustomizeOverrides
  /** Whether files outside of a kustomization's directory may be named; root only by default. */
  readonly loadRestrictor?: 'LoadRestrictionsRootOnly' | 'LoadRestrictionsNone'
  /** Order of the output; as the kustomization says, else legacy, by default. */
  readonly reorder?: 'none' | 'legacy'
  /** How remote bases are fetched; without it they are refused. */
  readonly fetchRemote?: FetchRemote
}

export interface BuildResult {
  readonly objects: KubeObject[]
  /** What `kustomize build` prints. */
  readonly text: string
}

/** Builds a kustomization. Throws `KUSTOMIZE_*` errors that name the file at fault. */
export function build(request: BuildRequest): BuildResult {
  let top: Kustomization | undefined
  const resources = accumulate(
    {
      tree: request.tree,
      directory: request.path.replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, ''),
      ancestors: [],
      restricted: request.loadRestrictor !== 'LoadRestrictionsNone',
      fetchRemote: request.fetchRemote,
    },
    (kustomization) => {
      top = applyOverrides(kustomization, request.overrides ?? {})
      return top
    },
  )
  addHashes(resources)
  fixReferences(resources)
  const order = request.reorder === 'none' ? 'fifo' : (top?.sortOrder ?? 'legacy')
  const objects = (order === 'legacy' ? sortLegacy(resources) : resources).map(({ object }) => object)
  return { objects, text: objects.map(printYaml).join('---\n') }
}

function addHashes(resources: readonly Resource[]): void {
  for (const resource of resources) {
    if (!resource.needsHash) continue
    const { name } = currentId(resource)
    const hash = contentHash(resource.object)
    rememberId(resource)
    resource.object.metadata = { ...resource.object.metadata, name: `${name}-${hash}` }
  }
}
