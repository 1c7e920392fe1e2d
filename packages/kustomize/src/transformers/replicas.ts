import { type FieldSpec, fillSlot, visitField } from '../config/field-spec.ts'
import { KustomizeErrors } from '../errors.ts'
import { formatGvk, isSelected } from '../resources/resource-id.ts'
import { isQuoted } from '../values/quoted.ts'
import { guardScalar } from './slot-text.ts'
import type { Transformer } from './transformer.ts'

/** Sets the number of replicas of workloads that have, or had, a name. */
export function setReplicas(name: string, count: number, specs: readonly FieldSpec[]): Transformer {
  return (resources) => {
    const named = resources.named(name)
    let found = false
    for (const spec of specs) {
      for (const resource of named) {
        const ids = [...resource.formerIds, resource.id]
        if (!ids.some((id) => id.name === name && isSelected(id, spec))) continue
        found = true
        visitField(resource, spec, {
          create: 'scalar',
          visit: (slot) => {
            guardScalar(slot.value)
            const quoted = !Array.isArray(slot.holder) && isQuoted(slot.holder, String(slot.key))
            fillSlot(slot, quoted ? String(count) : count)
          },
        })
      }
    }
    if (!found) {
      const kinds = specs
        .map(({ group = '', version = '', kind = '' }) => formatGvk({ group, version, kind }))
        .join(' ')
      throw KustomizeErrors.REPLICAS({ name, kinds })
    }
  }
}
