import type { ResourceReference } from '@driftless/model'

/** Drops repeated references, keeping the first of each. */
export function uniqueReferences(references: readonly ResourceReference[]): ResourceReference[] {
  const seen = new Map<string, ResourceReference>()
  for (const reference of references) {
    const key = `${reference.group ?? ''}/${reference.kind}/${reference.namespace ?? ''}/${reference.name}`
    if (!seen.has(key)) seen.set(key, reference)
  }
  return [...seen.values()]
}
