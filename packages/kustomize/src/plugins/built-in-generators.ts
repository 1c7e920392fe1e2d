import type { Target } from '../accumulate/accumulator.ts'
import { generateConfigMap, generateSecret } from '../generators/config-objects.ts'
import type { Generator } from '../generators/generator.ts'
import { generateHelmChart } from '../generators/helm-chart.ts'
import { generateIamPolicy, iamPolicyShape } from '../generators/iam-policy.ts'
import { configMapEntry, helmChartFields, secretEntry } from '../load/kustomization.ts'
import { filled, optionalText, record } from '../load/shape.ts'
import type { Resource } from '../resources/resource.ts'
import { readPlugin } from './read-plugin.ts'

const helmChartPlugin = filled(
  record('HelmChartInflationGenerator', { ...helmChartFields, chartHome: optionalText, configHome: optionalText }),
)

type Configure = (resource: Resource, target: Target) => Generator

/** Generators that configurations of `apiVersion: builtin` may ask for. */
export const builtInGenerators: Readonly<Record<string, Configure>> = {
  ConfigMapGenerator: (resource, { loader }) => {
    const entry = readPlugin(resource, configMapEntry)
    return generateConfigMap({ ...entry, ...named(entry, resource) }, loader)
  },
  SecretGenerator: (resource, { loader }) => {
    const entry = readPlugin(resource, secretEntry)
    return generateSecret({ ...entry, ...named(entry, resource) }, loader)
  },
  HelmChartInflationGenerator: (resource, { loader, state }) => {
    const { chartHome, configHome, ...entry } = readPlugin(resource, helmChartPlugin)
    return generateHelmChart(entry, { chartHome, configHome }, { loader, helm: state.helm })
  },
  IAMPolicyGenerator: (resource) => generateIamPolicy(readPlugin(resource, iamPolicyShape)),
}

/** Name and namespace of the configuration itself count where it names none. */
function named(
  entry: { name: string; namespace: string | undefined; env: string | undefined; envs: string[] | undefined },
  { name, namespace }: Resource,
): { name: string; namespace: string | undefined } {
  return { name: entry.name || name, namespace: entry.namespace || namespace || undefined }
}
