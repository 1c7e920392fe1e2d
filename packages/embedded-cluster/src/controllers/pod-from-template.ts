import { cloneJson, type KubeObject } from '@driftless/kube-objects'
import type { Pod, PodTemplate } from './objects.ts'
import { controlledBy } from './pod-facts.ts'

/** What differs from pod to pod of one owner. */
export interface PodIdentity {
  readonly name: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  /** The name is a prefix that this was made from. */
  readonly generateName?: string
}

/** A pod of an owner, made from the owner's template. */
export function podFromTemplate(owner: KubeObject, template: PodTemplate, identity: PodIdentity): Pod {
  const metadata = template.metadata ?? {}
  const annotations = { ...metadata.annotations, ...identity.annotations }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: identity.name,
      ...(identity.generateName === undefined ? {} : { generateName: identity.generateName }),
      namespace: owner.metadata.namespace ?? '',
      labels: { ...metadata.labels, ...identity.labels },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      ...(metadata.finalizers === undefined ? {} : { finalizers: [...metadata.finalizers] }),
      ownerReferences: [controlledBy(owner)],
    },
    spec: cloneJson(template.spec),
  }
}
