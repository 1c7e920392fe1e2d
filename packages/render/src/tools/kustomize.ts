import { randomBytes } from 'node:crypto'
import { build, type KustomizeOverrides } from '@driftless/kustomize'
import type { Tool, ToolRequest } from './tool.ts'

/** Builds a kustomization with our own engine (spec: objects §1.2, kustomize). */
export const renderKustomize: Tool = (request) => {
  const { job, directory, trees } = request
  const flags = readFlags(job.settings.kustomizeBuildOptions ?? '')
  const { objects } = build({
    tree: trees.own,
    path: directory,
    overrides: overridesOf(request),
    helm: { clock: { now: () => new Date(job.now) }, randomBytes: (count) => randomBytes(count) },
    ...flags,
  })
  const options = job.settings.kustomizeBuildOptions
  return { objects, commands: [`kustomize build ${directory || '.'}${options ? ` ${options}` : ''}`] }
}

function overridesOf({ source, environment }: ToolRequest): KustomizeOverrides {
  const {
    version: _version,
    kubeVersion: _kubeVersion,
    apiVersions: _apiVersions,
    commonAnnotationsEnvsubst,
    ...options
  } = source.kustomize ?? {}
  const substituteAll = (values: Record<string, string>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, environment.substitute(value)]))
  return {
    ...options,
    ...(options.images === undefined ? {} : { images: options.images.map(environment.substitute) }),
    ...(options.commonLabels === undefined ? {} : { commonLabels: substituteAll(options.commonLabels) }),
    ...(options.commonAnnotations !== undefined && commonAnnotationsEnvsubst === true
      ? { commonAnnotations: substituteAll(options.commonAnnotations) }
      : {}),
    ...(options.replicas === undefined
      ? {}
      : { replicas: options.replicas.map(({ name, count }) => ({ name, count: Number(count) })) }),
  }
}

function readFlags(text: string): {
  enableHelm?: boolean
  loadRestrictor?: 'LoadRestrictionsNone'
  reorder?: 'none' | 'legacy'
} {
  const words = text.split(/\s+/)
  const flagValue = (flag: string) => {
    const index = words.findIndex((word) => word === flag || word.startsWith(`${flag}=`))
    if (index < 0) return undefined
    return words[index]?.includes('=') ? words[index]?.split('=')[1] : words[index + 1]
  }
  const restrictor = flagValue('--load-restrictor')
  const reorder = flagValue('--reorder')
  return {
    ...(words.includes('--enable-helm') ? { enableHelm: true } : {}),
    ...(restrictor === 'LoadRestrictionsNone' ? { loadRestrictor: restrictor } : {}),
    ...(reorder === 'none' || reorder === 'legacy' ? { reorder } : {}),
  }
}
