import type { FileTree } from '@driftless/foundation'
import { type KubeObject, printYaml } from '@driftless/kube-objects'
import { accumulate } from './accumulate/accumulate.ts'
import { Accumulator, startState } from './accumulate/accumulator.ts'
import { applySchema } from './accumulate/apply-schema.ts'
import { addHashes } from './generators/add-hashes.ts'
import type { HelmSettings } from './generators/helm-chart.ts'
import { type FetchRemote, Loader } from './load/loader.ts'
import { applyOverrides, type KustomizeOverrides } from './load/overrides.ts'
import { readKustomization } from './load/read-kustomization.ts'
import { sortResources } from './output/sort-resources.ts'
import { addManagedBy, tidyAnnotations } from './output/tidy-metadata.ts'
import { fixReferences } from './references/fix-references.ts'
import { checkResource } from './resources/read-resources.ts'
import type { Resource } from './resources/resource.ts'
import { cloneTree, holdsBig, settle } from './values/tree.ts'
import { resolveVariables } from './variables/resolve-variables.ts'
import { readVariables } from './variables/variable.ts'

/** What is built, and how. */
export interface BuildRequest {
  readonly tree: FileTree
  /** Directory of the kustomization inside the tree. */
  readonly path: string
  /** Changes on top, as `kustomize edit` would write them into the file. */
  readonly overrides?: KustomizeOverrides
  /** Whether files outside of a kustomization's directory may be named; root only by default. */
  readonly loadRestrictor?: 'LoadRestrictionsRootOnly' | 'LoadRestrictionsNone'
  /** Order of the output where the kustomization says nothing; legacy by default. */
  readonly reorder?: 'none' | 'legacy'
  /** Whether `helmCharts` may be inflated; needs {@link BuildRequest.helm}. */
  readonly enableHelm?: boolean
  /** Time, randomness and settings for charts. */
  readonly helm?: HelmSettings
  /** How remote bases are fetched; without it they are refused. */
  readonly fetchRemote?: FetchRemote
}

/** What a build gives. */
export interface BuildResult {
  readonly objects: KubeObject[]
  /** What `kustomize build` prints; made when first read. */
  readonly text: string
}

/** Builds a kustomization. Throws `KUSTOMIZE_*`, `FILE_*` and `HELM_*` errors that name the file at fault; `FileNotLoaded` passes. */
export function build(request: BuildRequest): BuildResult {
  const root = request.path.replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, '')
  const restricted = request.loadRestrictor !== 'LoadRestrictionsNone'
  const loader = new Loader({ tree: request.tree, restricted, fetchRemote: request.fetchRemote }, root)
  const { file, kustomization: written } = readKustomization(loader)
  const kustomization = request.overrides === undefined ? written : applyOverrides(written, request.overrides)
  const metadata = kustomization.buildMetadata ?? []
  const state = startState({
    helm: request.enableHelm === true ? request.helm : undefined,
    tracksOrigins: metadata.length > 0,
  })
  applySchema(state, kustomization.openapi, loader)
  const result = new Accumulator()
  accumulate({ loader, kustomization, file, origin: {}, outerNamespace: '', state }, result)
  finishNames(result)
  const kept = result.resources.list.filter((resource) => !isLocal(resource))
  const sorted = sortResources(kept, kustomization.sortOptions, request.reorder)
  addManagedBy(sorted, metadata)
  tidyAnnotations(sorted, metadata)
  return printable(sorted)
}

/** Hashes, then references to all new names, then variables, which may read them. */
function finishNames({ resources, config, variables }: Accumulator): void {
  addHashes(resources)
  fixReferences(resources.list, config.nameReference)
  resolveVariables(resources, readVariables(variables, resources), config.varReference)
}

function isLocal(resource: Resource): boolean {
  checkResource(resource)
  const local = resource.annotations['config.kubernetes.io/local-config']
  return local !== undefined && local !== 'false'
}

/** Objects hold JavaScript numbers; the text has integers of 64 bits in full. */
function printable(resources: readonly Resource[]): BuildResult {
  const exact = resources.map(({ object }) => (holdsBig(object) ? settle(cloneTree(object), true) : undefined))
  const objects = resources.map(({ object }) => settle(object, false) as KubeObject)
  let text: string | undefined
  return {
    objects,
    get text() {
      text ??= objects.map((object, index) => printYaml(exact[index] ?? object)).join('---\n')
      return text
    },
  }
}
