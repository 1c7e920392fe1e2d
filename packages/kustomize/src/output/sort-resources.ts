import { KustomizeErrors } from '../errors.ts'
import type { Kustomization } from '../load/kustomization.ts'
import type { Resource } from '../resources/resource.ts'
import { defaultOrder, formatGvk, gvkSortText, kindRanks, type ResourceId } from '../resources/resource-id.ts'

/** Orders the output as `sortOptions` say, else as asked for. Throws `KUSTOMIZE_SORT`. */
export function sortResources(
  resources: readonly Resource[],
  options: Kustomization['sortOptions'],
  reorder: 'none' | 'legacy' | undefined,
): readonly Resource[] {
  if (options === undefined) return reorder === 'none' ? resources : sortLegacy(resources, defaultOrder)
  const { order, legacySortOptions } = options
  if (order !== 'fifo' && order !== 'legacy') {
    throw KustomizeErrors.SORT({ reason: "the field 'sortOptions.order' must be one of [fifo, legacy]" })
  }
  if (order === 'fifo') {
    if (legacySortOptions === undefined) return resources
    throw KustomizeErrors.SORT({
      reason: "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'",
    })
  }
  const { orderFirst, orderLast } = legacySortOptions ?? {
    orderFirst: defaultOrder.first,
    orderLast: defaultOrder.last,
  }
  return sortLegacy(resources, { first: orderFirst ?? [], last: orderLast ?? [] })
}

interface Keyed {
  readonly resource: Resource
  readonly id: ResourceId
  readonly rank: number
  readonly kind: string
  readonly text: string
}

function sortLegacy(
  resources: readonly Resource[],
  order: { first: readonly string[]; last: readonly string[] },
): Resource[] {
  const ranks = kindRanks(order)
  const keyed = resources.map((resource): Keyed => {
    const { id } = resource
    const text = `${formatGvk(id)}|${id.namespace || '~X'}|${id.name || '~N'}`
    return { resource, id, rank: ranks.get(id.kind) ?? 0, kind: gvkSortText(id), text }
  })
  return keyed.sort(compare).map(({ resource }) => resource)
}

function compare(a: Keyed, b: Keyed): number {
  if (a.kind === b.kind) return compareTexts(a.text, b.text)
  if (a.rank !== b.rank) return a.rank - b.rank
  const namespaces = a.id.kind === 'Namespace' && b.id.kind === 'Namespace' && (a.id.group === '' || b.id.group === '')
  return namespaces ? compareTexts(b.kind, a.kind) : compareTexts(a.kind, b.kind)
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
