import { DriftlessError, FileNotLoaded } from '@driftless/foundation'
import { defaultConfig } from '../config/default-config.ts'
import { mergeConfigs } from '../config/transformer-config.ts'
import { KustomizeErrors } from '../errors.ts'
import { absorb } from '../generators/absorb.ts'
import { type Loader, looksRemote } from '../load/loader.ts'
import { readConfigurations, readCrds } from '../load/read-configuration.ts'
import { readKustomization } from '../load/read-kustomization.ts'
import { annotateOrigin, annotateTransformation, enterOrigin } from '../resources/origin.ts'
import { readResources } from '../resources/read-resources.ts'
import { addVariables } from '../variables/variable.ts'
import { Accumulator, type Target } from './accumulator.ts'
import { applySchema } from './apply-schema.ts'
import { configureGenerators } from './configure-generators.ts'
import { configureTransformers } from './configure-transformers.ts'
import { loadGenerators, loadTransformers, type PluginSource } from './load-plugins.ts'
import { validate } from './validate.ts'

/** Builds what a kustomization describes, on top of what is given: objects, generated objects, components, then its transformers. */
export function accumulate(target: Target, into: Accumulator): void {
  const { kustomization, loader } = target
  accumulateResources(target, kustomization.resources ?? [], into)
  into.config = mergeConfigs(into.config, defaultConfig)
  into.config = mergeConfigs(into.config, readConfigurations(loader, kustomization.configurations ?? []))
  into.config = mergeConfigs(into.config, readCrds(loader, kustomization.crds ?? []))
  runGenerators(target, into)
  for (const entry of kustomization.components ?? []) accumulateDirectory(target, { entry, isComponent: true }, into)
  runTransformers(target, into)
  for (const { id, transformer } of loadTransformers(pluginSource(target), kustomization.validators ?? [])) {
    validate(into.resources, { id, transformer })
  }
  addVariables(into.variables, kustomization.vars ?? [], into.resources)
}

function runGenerators(target: Target, into: Accumulator): void {
  const generators = [
    ...configureGenerators(target),
    ...loadGenerators(pluginSource(target), target.kustomization.generators ?? []),
  ]
  for (const { generator, origin } of generators) {
    const made = generator()
    if (origin !== undefined) annotateOrigin(made, origin)
    absorb(into.resources, made)
  }
}

function runTransformers(target: Target, into: Accumulator): void {
  const transformers = [
    ...configureTransformers(target, into.config),
    ...loadTransformers(pluginSource(target), target.kustomization.transformers ?? []),
  ]
  for (const { transformer, origin } of transformers) {
    transformer(into.resources)
    if (origin !== undefined) annotateTransformation(into.resources, origin)
    into.resources.dropEmpty()
  }
}

/** Plugins may lie in directories of their own, which are built like any other. */
function pluginSource(target: Target): PluginSource {
  return {
    target,
    accumulate(paths) {
      const found = new Accumulator()
      accumulateResources(target, paths, found)
      return found.resources.list
    },
  }
}

/** Reads entries of `resources`: files, directories with a kustomization, and remote ones. */
function accumulateResources(target: Target, entries: readonly string[], into: Accumulator): void {
  for (const entry of entries) {
    const { loader } = target
    const remote = looksRemote(entry) ? loader.fetch(entry) : undefined
    if (remote?.file !== undefined) readFile({ ...target, loader: remote.loader }, { entry, path: remote.file }, into)
    else if (remote === undefined && loader.isFile(entry)) readFile(target, { entry, path: entry }, into)
    else if (remote !== undefined || loader.isDirectory(entry)) {
      accumulateDirectory(target, { entry, isComponent: false, loader: remote?.loader }, into)
    } else throw resourceError(target, entry, 'it does not exist')
  }
}

function resourceError(target: Target, entry: string, reason: string, cause?: unknown): Error {
  const file = target.loader.pathOf(target.file)
  const inner = cause instanceof DriftlessError ? cause.place : undefined
  return KustomizeErrors.RESOURCE({ entry, file, reason }, { cause, place: inner ?? { file } })
}

function readFile(target: Target, { entry, path }: { entry: string; path: string }, into: Accumulator): void {
  const text = target.loader.load(path)
  try {
    const resources = readResources(text, target.loader.pathOf(path))
    if (target.state.tracksOrigins) annotateOrigin(resources, enterOrigin(target.origin, entry))
    into.resources.append(...resources)
  } catch (error) {
    if (error instanceof FileNotLoaded || !(error instanceof DriftlessError)) throw error
    throw resourceError(target, entry, error.message, error)
  }
}

interface Entry {
  readonly entry: string
  readonly isComponent: boolean
  readonly loader?: Loader | undefined
}

function accumulateDirectory(target: Target, { entry, isComponent, ...remote }: Entry, into: Accumulator): void {
  const loader = remote.loader ?? target.loader.enter(entry)
  const { file, kustomization } = readKustomization(loader)
  applySchema(target.state, kustomization.openapi, loader)
  const expected = isComponent ? 'Component' : 'Kustomization'
  if ((kustomization.kind === 'Component') !== isComponent) {
    const reason = `expected kind '${expected}' for path '${loader.describe()}' but got '${kustomization.kind}'`
    if (!isComponent) throw resourceError(target, entry, reason)
    throw KustomizeErrors.COMPONENT({ entry, file: target.loader.pathOf(target.file), reason })
  }
  const inner: Target = {
    loader,
    kustomization,
    file,
    origin: enterOrigin(target.origin, entry),
    outerNamespace: target.kustomization.namespace || target.outerNamespace,
    state: target.state,
  }
  if (isComponent) {
    accumulate(inner, into)
    return
  }
  const own = new Accumulator()
  accumulate(inner, own)
  into.merge(own)
}
