import { assess } from '@driftless/health'
import type { KubeObject } from '@driftless/kube-objects'
import type { HealthStatus, InfoItem, NetworkingInfo } from '@driftless/model'
import { describeNode } from '@driftless/resource-tree'

/** What the cluster cache keeps of every object, computed once a state: all that trees and health need. */
export interface LiveColumns {
  readonly health: HealthStatus | undefined
  readonly info: readonly InfoItem[]
  readonly images: readonly string[]
  readonly networkingInfo: NetworkingInfo | undefined
  readonly healthIgnored: boolean
}

/** Computes the columns of an object. */
export function describeLive(object: KubeObject): LiveColumns {
  const { info, images, networkingInfo } = describeNode(object)
  return {
    health: assess(object),
    info,
    images,
    networkingInfo,
    healthIgnored: object.metadata.annotations?.['argocd.argoproj.io/ignore-healthcheck'] === 'true',
  }
}
