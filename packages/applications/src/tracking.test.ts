import type { KubeObject } from '@driftless/kube-objects'
import { describe, expect, it } from 'vitest'
import { instanceOf, parseTrackingId, trackingAnnotation, trackingId } from './tracking.ts'

function object(id: string, metadata: Partial<KubeObject['metadata']> = {}): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'prod', annotations: { [trackingAnnotation]: id }, ...metadata },
  }
}

describe('[T] tracking', () => {
  it('[T1] an id names instance, group, kind, namespace and name', () => {
    expect(trackingId('web', { group: 'apps', kind: 'Deployment', namespace: 'prod', name: 'web' })).toBe(
      'web:apps/Deployment:prod/web',
    )
    expect(trackingId('web', { group: '', kind: 'ConfigMap', namespace: 'prod', name: 'c' })).toBe(
      'web:/ConfigMap:prod/c',
    )
  })

  it.each([
    '',
    'web',
    'web:apps/Deployment',
    'web:Deployment:prod/web',
    'web:a/b/c:prod/web',
    'web:apps/Deployment:prod',
  ])('[T2] "%s" is no id', (text) => {
    expect(parseTrackingId(text)).toBeUndefined()
  })

  it('[T3] an object belongs to the instance whose id names the object itself', () => {
    expect(instanceOf(object('web:apps/Deployment:prod/web'))).toBe('web')
  })

  it('[T4] a copy that kept the annotation of its origin belongs to nobody', () => {
    expect(instanceOf(object('web:apps/Deployment:prod/other'))).toBeUndefined()
    expect(instanceOf(object('web:apps/Deployment:staging/web'))).toBeUndefined()
    expect(instanceOf(object('web:apps/StatefulSet:prod/web'))).toBeUndefined()
  })

  it('[T5] a cluster-scoped object is tracked with the destination namespace', () => {
    const role: KubeObject = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: {
        name: 'r',
        annotations: { [trackingAnnotation]: 'web:rbac.authorization.k8s.io/ClusterRole:prod/r' },
      },
    }
    expect(instanceOf(role)).toBe('web')
  })
})
