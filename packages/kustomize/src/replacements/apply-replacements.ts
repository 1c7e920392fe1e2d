import type { JsonObject } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import type { Resource } from '../resources/resource.ts'
import { formatId, isSelected, type ResourceId } from '../resources/resource-id.ts'
import type { ResourceSet } from '../resources/resource-set.ts'
import { createSelector } from '../selectors/selector.ts'
import type { Transformer } from '../transformers/transformer.ts'
import { isScalar, textOf } from '../values/scalar.ts'
import { isEmpty } from '../values/tree.ts'
import { splitBracketPath } from './field-path.ts'
import { lookupPath } from './lookup-path.ts'
import type { Replacement, ReplacementSource, ReplacementTarget } from './replacement.ts'
import { writeValue } from './write-value.ts'

const namePath = 'metadata.name'

/** Copies values of fields to other fields, one replacement after another. Throws `KUSTOMIZE_REPLACEMENT`. */
export function applyReplacements(replacements: readonly Replacement[]): Transformer {
  return (resources) => {
    for (const replacement of replacements) {
      const { source, sourceValue, targets } = replacement
      if ((source === undefined && sourceValue === undefined) || targets === undefined) {
        throw KustomizeErrors.REPLACEMENT({ reason: 'replacements must specify a source and at least one target' })
      }
      const value = readValue(resources, replacement)
      for (const target of targets) writeTarget(resources, target, value)
    }
    resources.dropEmpty()
  }
}

function readValue(resources: ResourceSet, { source, sourceValue }: Replacement): unknown {
  if (source === undefined) return sourceValue
  if (sourceValue !== undefined) {
    throw KustomizeErrors.REPLACEMENT({ reason: 'value and resource selectors are mutually exclusive' })
  }
  const resource = findSource(resources, source)
  const fieldPath = source.fieldPath || namePath
  const value = lookupPath(resource.object, splitBracketPath(fieldPath))
  if (isEmpty(value)) {
    throw KustomizeErrors.REPLACEMENT({
      reason: `fieldPath \`${fieldPath}\` is missing for replacement source ${describe(source)}`,
    })
  }
  return refine(value, source)
}

function refine(value: unknown, { options }: ReplacementSource): unknown {
  const { delimiter = '', index = 0 } = options ?? {}
  if (delimiter === '') return value
  if (!isScalar(value)) {
    throw KustomizeErrors.REPLACEMENT({ reason: 'delimiter option can only be used with scalar nodes' })
  }
  const part = textOf(value).split(delimiter)[index]
  if (part === undefined) {
    throw KustomizeErrors.REPLACEMENT({ reason: `options.index ${index} is out of bounds for value ${textOf(value)}` })
  }
  return part
}

/** The one object that has, or had, what the source says. */
function findSource(resources: ResourceSet, source: ReplacementSource): Resource {
  const candidates = source.name === undefined || source.name === '' ? resources.list : resources.named(source.name)
  const found = candidates.filter((resource) => idsOf(resource).some((id) => isSource(id, source)))
  const [only, second] = found
  if (second !== undefined)
    throw KustomizeErrors.REPLACEMENT({ reason: `multiple matches for selector ${describe(source)}` })
  if (only === undefined) throw KustomizeErrors.REPLACEMENT({ reason: `nothing selected by ${describe(source)}` })
  return only
}

function isSource(id: ResourceId, { name = '', namespace = '', ...gvk }: ReplacementSource): boolean {
  return (
    (name === '' || name === id.name) &&
    (namespace === '' || namespace === (id.namespace || 'default')) &&
    isSelected(id, gvk)
  )
}

function describe({ group = '', version = '', kind = '', name = '', namespace = '' }: ReplacementSource): string {
  return formatId({ group, version, kind, name, namespace, cluster: false })
}

function idsOf(resource: Resource): ResourceId[] {
  return [resource.id, ...resource.formerIds]
}

function writeTarget(resources: ResourceSet, target: ReplacementTarget, value: unknown): void {
  const { select, reject = [], options = {} } = target
  if (select === undefined) throw KustomizeErrors.REPLACEMENT({ reason: 'target must specify resources to select' })
  const fieldPaths = target.fieldPaths === undefined || target.fieldPaths.length === 0 ? [namePath] : target.fieldPaths
  const wanted = createSelector(select)
  const rejected = reject.map((selector) => ({
    tests: createSelector(selector),
    byId: [selector.group, selector.version, selector.kind, selector.name, selector.namespace].some(Boolean),
    byMetadata: Boolean(selector.labelSelector) || Boolean(selector.annotationSelector),
  }))
  const matches = (tests: ReturnType<typeof createSelector>, id: ResourceId) =>
    tests.gvk(id) && tests.name(id.name) && tests.namespace(id.namespace)
  for (const resource of [...resources.list]) {
    if (!wanted.metadata(resource)) continue
    if (rejected.some(({ byMetadata, tests }) => byMetadata && tests.metadata(resource))) continue
    const ids = idsOf(resource)
    if (rejected.some(({ byId, tests }) => byId && ids.some((id) => matches(tests, id)))) continue
    if (!ids.some((id) => matches(wanted, id))) continue
    for (const fieldPath of fieldPaths) writeValue(resource.object as JsonObject, fieldPath, { value, options })
    resource.renamed()
    resources.changed()
  }
}
