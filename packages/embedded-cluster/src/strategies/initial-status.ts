import type { KubeObject } from '@driftless/kube-objects'

/** Gives new objects of a kind their first status, whatever the client sent. */
export function initialStatus(status: (object: KubeObject) => unknown): (object: KubeObject) => void {
  return (object) => {
    object.status = status(object)
  }
}
