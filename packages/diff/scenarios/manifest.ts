import {
  applyDefaults,
  builtInSchema,
  gvkOf,
  type KubeObject,
  LAST_APPLIED,
  parseManifests,
  serverSideApply,
} from '@driftless/kube-objects'

/** The only object of a manifest. */
export function one(yaml: string): KubeObject {
  const [object, ...rest] = parseManifests(yaml)
  if (object === undefined || rest.length > 0) throw new Error('the manifest must hold one object')
  return object
}

/** What a server stores for a manifest that `kubectl apply` sent. */
export function clientApplied(yaml: string): KubeObject {
  const target = one(yaml)
  const live = applyDefaults(target)
  const annotations = { ...live.metadata.annotations, [LAST_APPLIED]: JSON.stringify(target) }
  return { ...live, metadata: { ...live.metadata, annotations } }
}

/** What a server stores after a server-side apply on top of `live`. */
export function serverApplied(yaml: string, manager: string, live?: KubeObject): KubeObject {
  const applied = one(yaml)
  return serverSideApply({
    live,
    applied,
    manager,
    force: true,
    time: '2026-11-20T12:00:00Z',
    schema: builtInSchema(gvkOf(applied)),
    defaults: applyDefaults,
  }).object
}
