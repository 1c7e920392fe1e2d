import type { JsonObject } from '@driftless/kube-objects'

/** Selects objects for a patch; name, kind, namespace are anchored regular expressions. */
export interface PatchTarget {
  readonly group?: string
  readonly version?: string
  readonly kind?: string
  readonly name?: string
  readonly namespace?: string
  readonly labelSelector?: string
  readonly annotationSelector?: string
}

export interface PatchEntry {
  readonly path?: string
  readonly patch?: string
  readonly target?: PatchTarget
  readonly options?: { readonly allowNameChange?: boolean; readonly allowKindChange?: boolean }
}

export interface ImageEntry {
  readonly name: string
  readonly newName?: string
  readonly newTag?: string
  readonly tagSuffix?: string
  readonly digest?: string
}

export interface LabelEntry {
  readonly pairs: Readonly<Record<string, string>>
  readonly includeSelectors: boolean
  readonly includeTemplates: boolean
  /** Further places to write the labels to. */
  readonly fields: readonly {
    readonly path: string
    readonly create?: boolean
    readonly group?: string
    readonly kind?: string
  }[]
}

export interface GeneratorOptions {
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly disableNameSuffixHash?: boolean
  readonly immutable?: boolean
}

export interface GeneratorEntry {
  readonly name: string
  readonly namespace?: string
  readonly behavior: 'create' | 'replace' | 'merge'
  readonly literals: readonly string[]
  readonly files: readonly string[]
  readonly envs: readonly string[]
  readonly options: GeneratorOptions
  /** Secrets only. */
  readonly type?: string
}

/** A kustomization with its deprecated fields read as their successors. */
export interface Kustomization {
  readonly file: string
  readonly component: boolean
  readonly resources: readonly string[]
  readonly components: readonly string[]
  readonly crds: readonly string[]
  readonly namespace: string | undefined
  readonly namePrefix: string
  readonly nameSuffix: string
  readonly labels: readonly LabelEntry[]
  readonly annotations: Readonly<Record<string, string>>
  /** Strategic-merge patches and `patches`, in the order they are applied. */
  readonly patches: readonly PatchEntry[]
  /** `patchesJson6902`, applied after names, labels and annotations. */
  readonly jsonPatches: readonly PatchEntry[]
  readonly images: readonly ImageEntry[]
  readonly replicas: readonly { readonly name: string; readonly count: number }[]
  readonly configMaps: readonly GeneratorEntry[]
  readonly secrets: readonly GeneratorEntry[]
  readonly generatorOptions: GeneratorOptions
  readonly sortOrder: 'legacy' | 'fifo' | undefined
  /** The document as read. */
  readonly raw: JsonObject
}
