import { DriftlessError } from '@driftless/foundation'
import { KustomizeErrors } from '../errors.ts'
import type { Generator } from '../generators/generator.ts'
import { builtInGenerators } from '../plugins/built-in-generators.ts'
import { builtInTransformers } from '../plugins/built-in-transformers.ts'
import { annotateOrigin, configuredOrigin, enterOrigin, type Origin, originAnnotation } from '../resources/origin.ts'
import { parseOrigin } from '../resources/parse-origin.ts'
import { readResources } from '../resources/read-resources.ts'
import type { Resource } from '../resources/resource.ts'
import { formatId } from '../resources/resource-id.ts'
import { ResourceSet } from '../resources/resource-set.ts'
import type { Transformer } from '../transformers/transformer.ts'
import type { Target } from './accumulator.ts'
import type { ConfiguredGenerator } from './configure-generators.ts'
import type { ConfiguredTransformer } from './configure-transformers.ts'

/** Where plugins of a kustomization come from. */
export interface PluginSource {
  readonly target: Target
  /** Builds the files and directories that entries name. */
  accumulate(paths: readonly string[]): readonly Resource[]
}

/** Loads entries of `generators`. Throws `KUSTOMIZE_PLUGIN` for all that would run code. */
export function loadGenerators(source: PluginSource, entries: readonly string[]): ConfiguredGenerator[] {
  return loadConfigurations(source, entries).map((resource) => {
    const configure = builtInGenerators[resource.id.kind]
    guardBuiltin(resource)
    if (configure === undefined) throw unknownPlugin(resource, 'generator', resource.id.kind in builtInTransformers)
    const generator: Generator = configured(resource, () => configure(resource, source.target))
    return { generator, origin: pluginOrigin(resource) }
  })
}

/** Loads entries of `transformers` or `validators`. Throws `KUSTOMIZE_PLUGIN` for all that would run code. */
export function loadTransformers(
  source: PluginSource,
  entries: readonly string[],
): (ConfiguredTransformer & { readonly id: string })[] {
  return loadConfigurations(source, entries).map((resource) => {
    const configure = builtInTransformers[resource.id.kind]
    guardBuiltin(resource)
    if (configure === undefined) throw unknownPlugin(resource, 'transformer', resource.id.kind in builtInGenerators)
    const transformer: Transformer = configured(resource, () => configure(resource, source.target))
    return { transformer, origin: pluginOrigin(resource), id: formatId(resource.id) }
  })
}

/** Entries are configurations themselves, or name files and directories that hold them. */
function loadConfigurations(source: PluginSource, entries: readonly string[]): Resource[] {
  const { target } = source
  const found = new ResourceSet()
  const paths: string[] = []
  for (const entry of entries) {
    const inline = readInline(entry)
    if (inline === undefined) paths.push(entry)
    else {
      if (target.state.tracksOrigins) annotateOrigin(inline, enterOrigin(target.origin, target.file))
      found.append(...inline)
    }
  }
  found.append(...source.accumulate(paths))
  return found.list
}

function readInline(entry: string): Resource[] | undefined {
  try {
    return readResources(entry, 'kustomization')
  } catch {
    return undefined
  }
}

function guardBuiltin({ id }: Resource): void {
  if (id.group !== '' || id.version !== 'builtin') throw KustomizeErrors.PLUGIN({ kind: id.kind })
}

function unknownPlugin({ id, originalId }: Resource, wanted: string, exists: boolean): Error {
  const reason = exists ? `plugin ${formatId(originalId)} not a ${wanted}` : `unable to load builtin ${formatId(id)}`
  return KustomizeErrors.PLUGIN_CONFIG({ id: formatId(id), reason })
}

function configured<T>(resource: Resource, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof Error) || error instanceof DriftlessError || error.name === 'FileNotLoaded') throw error
    throw KustomizeErrors.PLUGIN_CONFIG({ id: formatId(resource.id), reason: error.message }, { cause: error })
  }
}

function pluginOrigin(resource: Resource): Origin | undefined {
  const text = resource.annotations[originAnnotation]
  if (text === undefined) return undefined
  const { path = '', ...origin } = parseOrigin(text)
  const { apiVersion, kind } = { apiVersion: resource.id.version, kind: resource.id.kind }
  const { name, namespace } = resource
  const by = { apiVersion, kind, ...(name === '' ? {} : { name }), ...(namespace === '' ? {} : { namespace }) }
  return configuredOrigin({ ...origin, path: '' }, path, by)
}
