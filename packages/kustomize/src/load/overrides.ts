import type { Kustomization, PatchEntry } from './kustomization.ts'

type ImageEntry = NonNullable<Kustomization['images']>[number]

/** A patch as settings have it. */
export interface PatchOverride {
  readonly path?: string
  readonly patch?: string
  readonly target?: {
    readonly group?: string
    readonly version?: string
    readonly kind?: string
    readonly name?: string
    readonly namespace?: string
    readonly labelSelector?: string
    readonly annotationSelector?: string
  }
  readonly options?: { readonly allowNameChange?: boolean; readonly allowKindChange?: boolean }
}

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
  readonly patches?: readonly PatchOverride[]
  readonly components?: readonly string[]
}

/** The kustomization with the overrides written into it. */
export function applyOverrides(kustomization: Kustomization, overrides: KustomizeOverrides): Kustomization {
  const { commonLabels = {}, commonAnnotations = {} } = overrides
  const labels = {
    pairs: { ...commonLabels },
    includeSelectors: overrides.labelWithoutSelector !== true,
    includeTemplates: overrides.labelIncludeTemplates === true,
    includeVolumeClaimTemplates: false,
    fields: undefined,
  }
  const replicas = (overrides.replicas ?? []).map(({ name, count }) => ({ name, count: Number(count) }))
  return {
    ...kustomization,
    namespace: overrides.namespace || kustomization.namespace,
    namePrefix: overrides.namePrefix || kustomization.namePrefix,
    nameSuffix: overrides.nameSuffix || kustomization.nameSuffix,
    images: mergeImages(kustomization.images ?? [], (overrides.images ?? []).map(parseImage)),
    replicas: [
      ...new Map([...(kustomization.replicas ?? []), ...replicas].map((entry) => [entry.name, entry])).values(),
    ],
    labels: Object.keys(commonLabels).length === 0 ? kustomization.labels : [...(kustomization.labels ?? []), labels],
    commonAnnotations: { ...kustomization.commonAnnotations, ...commonAnnotations },
    patches: [...(kustomization.patches ?? []), ...(overrides.patches ?? []).map(patchEntry)],
    components: [...(kustomization.components ?? []), ...(overrides.components ?? [])],
  }
}

function patchEntry({ path, patch, target, options }: PatchOverride): PatchEntry {
  return {
    path,
    patch,
    target:
      target === undefined
        ? undefined
        : {
            group: target.group,
            version: target.version,
            kind: target.kind,
            name: target.name,
            namespace: target.namespace,
            labelSelector: target.labelSelector,
            annotationSelector: target.annotationSelector,
          },
    options:
      options === undefined
        ? undefined
        : { allowNameChange: options.allowNameChange === true, allowKindChange: options.allowKindChange === true },
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
    newName: old === name ? undefined : name,
    newTag: tagged ? bare.slice(colon + 1) : undefined,
    tagSuffix: undefined,
    digest: at < 0 ? undefined : target.slice(at + 1),
  }
}

function mergeImages(base: readonly ImageEntry[], added: readonly ImageEntry[]): ImageEntry[] {
  const merged = new Map(base.map((image) => [image.name, image]))
  for (const image of added) {
    const known = merged.get(image.name)
    // A new tag replaces a digest and the other way round; a new name alone keeps both.
    const replaces = image.newTag !== undefined || image.digest !== undefined
    merged.set(image.name, {
      ...image,
      newName: image.newName ?? known?.newName,
      newTag: replaces ? image.newTag : known?.newTag,
      digest: replaces ? image.digest : known?.digest,
      tagSuffix: known?.tagSuffix,
    })
  }
  return [...merged.values()]
}
