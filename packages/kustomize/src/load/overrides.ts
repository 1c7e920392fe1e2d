import type { ImageEntry, Kustomization, PatchEntry } from './kustomization.ts'

/** Argo CD's `source.kustomize` block (spec: objects §1.2): what it changes on top of the repository's kustomization. */
export interface KustomizeOverrides {
  readonly namePrefix?: string
  readonly nameSuffix?: string
  /** `[old=]name[:tag|@digest]` each. */
  readonly images?: readonly string[]
  readonly replicas?: readonly { readonly name: string; readonly count: number | string }[]
  readonly commonLabels?: Readonly<Record<string, string>>
  readonly labelWithoutSelector?: boolean
  readonly labelIncludeTemplates?: boolean
  readonly commonAnnotations?: Readonly<Record<string, string>>
  readonly namespace?: string
  readonly patches?: readonly PatchEntry[]
  readonly components?: readonly string[]
}

/** The kustomization with the overrides written into it. */
export function applyOverrides(kustomization: Kustomization, overrides: KustomizeOverrides): Kustomization {
  const { commonLabels = {}, commonAnnotations = {} } = overrides
  const labels = {
    pairs: commonLabels,
    includeSelectors: overrides.labelWithoutSelector !== true,
    includeTemplates: overrides.labelIncludeTemplates === true,
    fields: [],
  }
  return {
    ...kustomization,
    namespace: overrides.namespace || kustomization.namespace,
    namePrefix: overrides.namePrefix || kustomization.namePrefix,
    nameSuffix: overrides.nameSuffix || kustomization.nameSuffix,
    images: mergeImages(kustomization.images, (overrides.images ?? []).map(parseImage)),
    replicas: mergeByName(
      kustomization.replicas,
      (overrides.replicas ?? []).map(({ name, count }) => ({ name, count: Number(count) })),
    ),
    labels: Object.keys(commonLabels).length === 0 ? kustomization.labels : [...kustomization.labels, labels],
    annotations: { ...kustomization.annotations, ...commonAnnotations },
    patches: [...kustomization.patches, ...(overrides.patches ?? [])],
    components: [...kustomization.components, ...(overrides.components ?? [])],
  }
}

/** Reads `[old=]name[:tag|@digest]`. */
export function parseImage(text: string): ImageEntry {
  const equals = text.indexOf('=')
  const target = equals < 0 ? text : text.slice(equals + 1)
  const at = target.indexOf('@')
  const bare = at < 0 ? target : target.slice(0, at)
  const colon = bare.lastIndexOf(':')
  const tagged = colon > bare.lastIndexOf('/')
  const name = tagged ? bare.slice(0, colon) : bare
  const old = equals < 0 ? name : text.slice(0, equals)
  return {
    name: old,
    ...(old === name ? {} : { newName: name }),
    ...(tagged ? { newTag: bare.slice(colon + 1) } : {}),
    ...(at < 0 ? {} : { digest: target.slice(at + 1) }),
  }
}

function mergeImages(base: readonly ImageEntry[], added: readonly ImageEntry[]): ImageEntry[] {
  const merged = new Map(base.map((image) => [image.name, image]))
  for (const image of added) {
    const known = merged.get(image.name)
    // A new tag replaces a digest and the other way round; a new name alone keeps both.
    const { newTag: _, digest: __, ...kept } = known ?? { name: image.name }
    const replaces = image.newTag !== undefined || image.digest !== undefined
    merged.set(image.name, { ...(replaces ? kept : known), ...image })
  }
  return [...merged.values()]
}

function mergeByName<T extends { readonly name: string }>(base: readonly T[], added: readonly T[]): T[] {
  return [...new Map([...base, ...added].map((item) => [item.name, item])).values()]
}
