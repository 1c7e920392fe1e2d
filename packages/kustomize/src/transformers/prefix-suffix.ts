import { type FieldSpec, visitField } from '../config/field-spec.ts'
import { isSelected } from '../resources/resource-id.ts'
import { textOf } from '../values/scalar.ts'
import { setSlotText } from './slot-text.ts'
import type { Transformer } from './transformer.ts'

/** Kinds whose names mean something outside of the build and are never changed. */
const exempt = [
  { kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { kind: 'Namespace' },
]

/** Adds a prefix to names, and notes it as the layer's. */
export function addPrefix(prefix: string, specs: readonly FieldSpec[]): Transformer {
  return addAffix({ specs, text: prefix, end: 'prefixes', change: (name) => `${prefix}${name}` })
}

/** Adds a suffix to names, and notes it as the layer's. */
export function addSuffix(suffix: string, specs: readonly FieldSpec[]): Transformer {
  return addAffix({ specs, text: suffix, end: 'suffixes', change: (name) => `${name}${suffix}` })
}

interface Affix {
  readonly specs: readonly FieldSpec[]
  readonly text: string
  readonly end: 'prefixes' | 'suffixes'
  readonly change: (name: string) => string
}

function addAffix({ specs, text, end, change }: Affix): Transformer {
  return (resources) => {
    for (const resource of resources.list) {
      const original = resource.originalId
      if (exempt.some((selector) => isSelected(original, selector))) continue
      for (const spec of specs) {
        if (!isSelected(original, spec)) continue
        if (spec.path === 'metadata/name' && text !== '') {
          resource[end].push(...text.split(','))
          resource.rememberId()
        }
        visitField(resource, spec, { create: 'scalar', visit: (slot) => setSlotText(slot, change(textOf(slot.value))) })
        resource.renamed()
      }
    }
    resources.changed()
  }
}
