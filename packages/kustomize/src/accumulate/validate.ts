import { canonicalJson } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import type { Resource } from '../resources/resource.ts'
import { formatId } from '../resources/resource-id.ts'
import type { ResourceSet } from '../resources/resource-set.ts'
import type { Transformer } from '../transformers/transformer.ts'
import { isMap } from '../values/scalar.ts'
import { cloneTree, fieldOf, settle } from '../values/tree.ts'

const validatedBy = 'validated-by'

/** Runs a validator: a transformer that may add the label `validated-by` and nothing else. */
export function validate(resources: ResourceSet, { id, transformer }: { id: string; transformer: Transformer }): void {
  const before = snapshot(resources)
  transformer(resources)
  const after = snapshot(resources)
  const same = before.size === after.size && [...before].every(([key, text]) => after.get(key) === text)
  if (!same) throw KustomizeErrors.VALIDATOR({ id })
}

function snapshot({ list }: ResourceSet): Map<string, string> {
  return new Map(list.map((resource) => [formatId(resource.id), content(resource)]))
}

function content({ object }: Resource): string {
  const copy = settle(cloneTree(object), false)
  const metadata = fieldOf(copy, 'metadata')
  const labels = fieldOf(metadata, 'labels')
  if (isMap(labels) && isMap(metadata)) {
    delete labels[validatedBy]
    if (Object.keys(labels).length === 0) delete metadata.labels
  }
  return canonicalJson(copy)
}
