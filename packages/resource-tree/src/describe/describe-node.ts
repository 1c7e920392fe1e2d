import { gvkOf, type KubeObject } from '@driftless/kube-objects'
import type { InfoItem, NetworkingInfo } from '@driftless/model'
import { networkingOf } from './networking.ts'
import { describePod, podImages } from './pod.ts'

/** The columns of one object that trees show, so that a tree needs no manifests. */
export interface NodeDescription {
  readonly info: InfoItem[]
  /** Images of a pod in order of its containers; other kinds have none. */
  readonly images: string[]
  readonly networkingInfo?: NetworkingInfo
}

export interface DescribeOptions {
  /** Label keys that are shown where an object carries them (`resource.customLabels`). */
  readonly customLabels?: readonly string[]
}

const revisionAnnotations = ['deployment.kubernetes.io/revision', 'rollout.argoproj.io/revision']

/** Computes the columns of an object once per watch event. */
export function describeNode(object: KubeObject, options: DescribeOptions = {}): NodeDescription {
  const { group, kind } = gvkOf(object)
  const isPod = group === '' && kind === 'Pod'
  const networkingInfo = networkingOf(object)
  return {
    info: [
      ...revisionInfo(object),
      ...labelInfo(object, options.customLabels ?? []),
      ...(isPod ? describePod(object) : []),
      ...applicationInfo(object, { group, kind }),
    ],
    images: isPod ? podImages(object) : [],
    ...(networkingInfo === undefined ? {} : { networkingInfo }),
  }
}

function revisionInfo({ metadata }: KubeObject): InfoItem[] {
  const revision = revisionAnnotations.map((key) => metadata.annotations?.[key]).find((value) => value !== undefined)
  return revision === undefined ? [] : [{ name: 'Revision', value: `Rev:${revision}` }]
}

function labelInfo({ metadata }: KubeObject, keys: readonly string[]): InfoItem[] {
  return keys.flatMap((key) => {
    const value = metadata.labels?.[key]
    return value === undefined ? [] : [{ name: key, value }]
  })
}

function applicationInfo({ metadata }: KubeObject, { group, kind }: { group: string; kind: string }): InfoItem[] {
  const url = metadata.annotations?.['argocd.argoproj.io/managed-by-url']
  if (group !== 'argoproj.io' || kind !== 'Application' || url === undefined) return []
  return [{ name: 'managed-by-url', value: url }]
}
