import type { KubeObject } from '@driftless/kube-objects'
import { fieldOf, isObject, objectAt } from '../json-value.ts'

/**
 * Volume claim templates are one atomic list, so what the server fills in there (kind, phase, volume mode, a creation
 * time of null) would look like a change of the whole list.
 */
export function normaliseClaimTemplates(object: KubeObject): KubeObject {
  const spec = objectAt(object, 'spec')
  const templates = fieldOf(spec, 'volumeClaimTemplates')
  if (spec === undefined || !Array.isArray(templates)) return object
  const normalised = templates.map((template: unknown) => {
    if (!isObject(template)) return template
    const { status: _, apiVersion: _version, kind: _kind, ...rest } = template
    const { creationTimestamp: _created, ...metadata } = objectAt(rest, 'metadata') ?? {}
    const claim = objectAt(rest, 'spec') ?? {}
    return { ...rest, metadata, spec: { volumeMode: 'Filesystem', ...withoutNulls(claim) } }
  })
  return { ...object, spec: { ...spec, volumeClaimTemplates: normalised } }
}

function withoutNulls(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null))
}
