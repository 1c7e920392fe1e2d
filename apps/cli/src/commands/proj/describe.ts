import type { ProjectSpec } from '@driftless/model'

/** One item as it is, several as their number, none as `<none>`. */
export function countOr(items: readonly string[], noun: string): string {
  if (items.length === 0) return '<none>'
  return items.length === 1 ? (items[0] ?? '') : `${items.length} ${noun}`
}

/** What a project does about resources that nobody manages. */
export function orphanedText({ orphanedResources }: ProjectSpec): string {
  if (orphanedResources === undefined) return 'disabled'
  const ignored = orphanedResources.ignore?.length ?? 0
  return `enabled (warn=${orphanedResources.warn ?? true}${ignored > 0 ? `, ignored ${ignored}` : ''})`
}
