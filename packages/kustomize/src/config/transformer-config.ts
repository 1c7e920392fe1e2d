import { KustomizeErrors } from '../errors.ts'
import { defaultOrder, type Gvk, gvkSortText, isSelected, kindRanks } from '../resources/resource-id.ts'
import type { FieldSpec } from './field-spec.ts'

/** Fields that name an object of a kind. */
export interface NameReference {
  readonly kind?: string
  readonly group?: string
  readonly version?: string
  readonly fieldSpecs: readonly FieldSpec[]
}

/** Lists of field specs, one for each transformer. */
export const fieldSpecLists = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'labels',
  'templateLabels',
  'volumeClaimTemplateLabels',
  'commonAnnotations',
  'varReference',
  'images',
  'replicas',
] as const

/** Where the transformers write, and which fields name which kinds. */
export type TransformerConfig = Readonly<Record<(typeof fieldSpecLists)[number], readonly FieldSpec[]>> & {
  readonly nameReference: readonly NameReference[]
}

/** A configuration without anything in it. */
export const emptyConfig: TransformerConfig = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  commonLabels: [],
  labels: [],
  templateLabels: [],
  volumeClaimTemplateLabels: [],
  commonAnnotations: [],
  varReference: [],
  images: [],
  replicas: [],
  nameReference: [],
}

const ranks = kindRanks(defaultOrder)

/** Adds a configuration to another. Throws `KUSTOMIZE_CONFIGURATION` when both want a field and only one creates it. */
export function mergeConfigs(base: TransformerConfig, added: TransformerConfig): TransformerConfig {
  if (base === added || added === emptyConfig) return base
  if (base === emptyConfig) return added
  const lists = Object.fromEntries(
    fieldSpecLists.map((name) => [name, sortByKind(mergeSpecs(base[name], added[name], name))]),
  ) as Record<(typeof fieldSpecLists)[number], FieldSpec[]>
  return { ...lists, nameReference: mergeReferences(base.nameReference, added.nameReference) }
}

/** Adds field specs to a list; those that are there already, for the same or more kinds, are not repeated. */
export function mergeSpecs(base: readonly FieldSpec[], added: readonly FieldSpec[], name: string): FieldSpec[] {
  const merged = [...base]
  const byPath = new Map<string, FieldSpec[]>()
  for (const spec of base) addTo(byPath, spec)
  for (const spec of added) {
    const known = byPath.get(spec.path)?.find((candidate) => isSelected(gvkOf(candidate), spec))
    if (known === undefined) {
      merged.push(spec)
      addTo(byPath, spec)
    } else if ((known.create === true) !== (spec.create === true)) {
      throw KustomizeErrors.CONFIGURATION({ file: name, reason: `conflicting fieldspecs for ${spec.path}` })
    }
  }
  return merged
}

function addTo(index: Map<string, FieldSpec[]>, spec: FieldSpec): void {
  const known = index.get(spec.path)
  if (known === undefined) index.set(spec.path, [spec])
  else known.push(spec)
}

function mergeReferences(base: readonly NameReference[], added: readonly NameReference[]): NameReference[] {
  const merged = new Map(base.map((reference) => [gvkSortText(gvkOf(reference)), reference]))
  for (const reference of added) {
    const key = gvkSortText(gvkOf(reference))
    const known = merged.get(key)
    merged.set(
      key,
      known === undefined
        ? reference
        : { ...known, fieldSpecs: mergeSpecs(known.fieldSpecs, reference.fieldSpecs, 'nameReference') },
    )
  }
  return sortByKind([...merged.values()])
}

/** Orders by kind, keeping the order within one. */
export function sortByKind<T extends Partial<Gvk>>(items: readonly T[]): T[] {
  const keyed = items.map((item) => {
    const gvk = gvkOf(item)
    return { item, rank: ranks.get(gvk.kind) ?? 0, text: gvkSortText(gvk) }
  })
  keyed.sort((a, b) => a.rank - b.rank || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
  return keyed.map(({ item }) => item)
}

function gvkOf({ group = '', version = '', kind = '' }: Partial<Gvk>): Gvk {
  return { group, version, kind }
}
