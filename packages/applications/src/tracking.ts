import { type KubeObject, keyOf, type ObjectKey } from '@driftless/kube-objects'

/** Annotation that says which application an object belongs to (spec: objects §2). */
export const trackingAnnotation = 'argocd.argoproj.io/tracking-id'

/** The tracking id of an object: `<instance>:<group>/<Kind>:<namespace>/<name>`. */
export function trackingId(instance: string, key: ObjectKey): string {
  return `${instance}:${key.group}/${key.kind}:${key.namespace}/${key.name}`
}

/** Reads a tracking id; undefined when the text is none. */
export function parseTrackingId(text: string): { instance: string; key: ObjectKey } | undefined {
  const [instance, kind, name, ...rest] = splitAtMost(text, ':', 3)
  if (instance === undefined || kind === undefined || name === undefined || rest.length > 0) return undefined
  const kindParts = kind.split('/')
  const nameParts = name.split('/')
  if (kindParts.length !== 2 || nameParts.length !== 2) return undefined
  return {
    instance,
    key: {
      group: kindParts[0] as string,
      kind: kindParts[1] as string,
      namespace: nameParts[0] as string,
      name: nameParts[1] as string,
    },
  }
}

/**
 * The instance that manages a live object, or undefined. Copies that other controllers make carry the annotation of their
 * origin but not its identity, and count as unmanaged.
 */
export function instanceOf(live: KubeObject): string | undefined {
  const text = live.metadata.annotations?.[trackingAnnotation]
  const tracking = text === undefined ? undefined : parseTrackingId(text)
  if (tracking === undefined) return undefined
  const own = keyOf(live)
  const matches =
    own.group === tracking.key.group &&
    own.kind === tracking.key.kind &&
    own.name === tracking.key.name &&
    (own.namespace === '' || own.namespace === tracking.key.namespace)
  return matches ? tracking.instance : undefined
}

function splitAtMost(text: string, separator: string, parts: number): string[] {
  const pieces = text.split(separator)
  return pieces.length <= parts ? pieces : [...pieces.slice(0, parts - 1), pieces.slice(parts - 1).join(separator)]
}
