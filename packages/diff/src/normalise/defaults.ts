import { applyDefaults, type KubeObject } from '@driftless/kube-objects'

/** An object with what the server fills in; custom kinds, and objects that no server would take, come back as they are. */
export function withDefaults(object: KubeObject): KubeObject {
  try {
    return applyDefaults(object)
  } catch {
    return object
  }
}
