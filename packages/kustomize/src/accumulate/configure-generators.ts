import { generateConfigMap, generateSecret, mergeOptions } from '../generators/config-objects.ts'
import type { Generator } from '../generators/generator.ts'
import { generateHelmChart } from '../generators/helm-chart.ts'
import { configuredOrigin, type Origin } from '../resources/origin.ts'
import type { Target } from './accumulator.ts'

/** A generator with the origin that its objects get. */
export interface ConfiguredGenerator {
  readonly generator: Generator
  readonly origin: Origin | undefined
}

/** The generators of a kustomization's own fields. */
export function configureGenerators(target: Target): ConfiguredGenerator[] {
  const { kustomization, loader, state } = target
  const { generatorOptions, helmGlobals } = kustomization
  const withKind = (kind: string, generators: readonly Generator[]) =>
    generators.map((generator) => ({ generator, origin: builtinOrigin(target, kind) }))
  const configMaps = (kustomization.configMapGenerator ?? []).map((entry) =>
    generateConfigMap({ ...entry, options: mergeOptions(generatorOptions, entry.options) }, loader),
  )
  const secrets = (kustomization.secretGenerator ?? []).map((entry) =>
    generateSecret({ ...entry, options: mergeOptions(generatorOptions, entry.options) }, loader),
  )
  const charts = (kustomization.helmCharts ?? []).map((entry) => {
    const namespace = entry.namespace || kustomization.namespace || target.outerNamespace
    return generateHelmChart({ ...entry, namespace }, helmGlobals, { loader, helm: state.helm })
  })
  return [
    ...withKind('ConfigMapGenerator', configMaps),
    ...withKind('SecretGenerator', secrets),
    ...withKind('HelmChartInflationGenerator', charts),
  ]
}

/** The origin of what one of a kustomization's own fields does; undefined unless origins are tracked. */
export function builtinOrigin({ origin, file, state }: Target, kind: string): Origin | undefined {
  return state.tracksOrigins ? configuredOrigin(origin, file, { apiVersion: 'builtin', kind }) : undefined
}
