import { printYamlOrdered } from '@driftless/kube-objects'
import { looksRemote } from '../load/loader.ts'
import type { Resource } from './resource.ts'
import type { ResourceSet } from './resource-set.ts'

/** Where an object, or the configuration that made or changed it, comes from. */
export interface Origin {
  readonly path?: string
  readonly repo?: string
  readonly ref?: string
  readonly configuredIn?: string
  readonly configuredBy?: {
    readonly apiVersion?: string
    readonly kind?: string
    readonly name?: string
    readonly namespace?: string
  }
}

export const originAnnotation = 'config.kubernetes.io/origin'
export const transformationsAnnotation = 'alpha.config.kubernetes.io/transformations'

/** The origin of what an entry of `resources` or `components` names. */
export function enterOrigin(origin: Origin, entry: string): Origin {
  if (!looksRemote(entry)) return { ...origin, path: join(origin.path ?? '', entry) }
  const [address = '', query = ''] = entry.split('?')
  const at = address.indexOf('//', address.indexOf('://') + 3)
  const ref = new URLSearchParams(query).get('ref') ?? undefined
  return {
    repo: at < 0 ? address : address.slice(0, at),
    path: at < 0 ? '' : address.slice(at + 2),
    ...(ref === undefined ? {} : { ref }),
  }
}

/** The origin of what a kustomization's own field configures. */
export function configuredOrigin(origin: Origin, file: string, by: NonNullable<Origin['configuredBy']>): Origin {
  const { repo, ref, path = '' } = origin
  return {
    ...(repo === undefined ? {} : { repo }),
    ...(ref === undefined ? {} : { ref }),
    configuredIn: join(path, file),
    configuredBy: by,
  }
}

/** Notes the origin of objects that have none. */
export function annotateOrigin(resources: readonly Resource[], origin: Origin): void {
  for (const resource of resources) {
    const { annotations } = resource
    if (annotations[originAnnotation] === undefined) {
      resource.setMetadataMap('annotations', { ...annotations, [originAnnotation]: print(origin) })
    }
  }
}

/** Notes a change of all objects; those without an origin were made by it. */
export function annotateTransformation(resources: ResourceSet, origin: Origin): void {
  const text = print([origin])
  for (const resource of resources.list) {
    if (resource.isEmpty) continue
    const { annotations } = resource
    const own: Record<string, string> =
      annotations[originAnnotation] === undefined
        ? { [originAnnotation]: print(origin) }
        : { [transformationsAnnotation]: `${annotations[transformationsAnnotation] ?? ''}${text}` }
    resource.setMetadataMap('annotations', { ...annotations, ...own })
  }
}

function print(value: unknown): string {
  return printYamlOrdered(ordered(value))
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  const { path, repo, ref, configuredIn, configuredBy } = value as Origin
  const filled = Object.entries({ path, repo, ref, configuredIn, configuredBy }).filter(
    ([, part]) => part !== undefined && part !== '',
  )
  return Object.fromEntries(filled)
}

function join(directory: string, path: string): string {
  const parts: string[] = []
  for (const part of `${directory}/${path}`.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/')
}
