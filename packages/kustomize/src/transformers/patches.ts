import type { JsonObject } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import { mergePatch } from '../merge/merge-patch.ts'
import type { Resource } from '../resources/resource.ts'
import { formatId, idKey } from '../resources/resource-id.ts'
import type { ResourceSet } from '../resources/resource-set.ts'
import type { MergeSchema } from '../schema/merge-schema.ts'
import { type Selector, selectResources } from '../selectors/selector.ts'
import { cloneTree, setOwn } from '../values/tree.ts'
import { applyJsonPatch, type JsonOperation } from './json-patch.ts'
import type { Transformer } from './transformer.ts'

/** What a strategic-merge patch may change besides content. */
export interface PatchOptions {
  readonly allowNameChange?: boolean
  readonly allowKindChange?: boolean
}

/** Tells which schema is in force when the patch is applied. */
export type SchemaSource = () => MergeSchema

/** Patches the object that each patch names. */
export function patchNamed(patches: readonly Resource[], options: PatchOptions, schema: SchemaSource): Transformer {
  return (resources) => {
    for (const patch of patches) {
      mergeInto(resources, resources.only(patch.id), { patch: patch.object as JsonObject, options, schema: schema() })
    }
  }
}

/** Patches the object that each patch names, after the rules of `patchesStrategicMerge`: labels and annotations become texts. */
export function patchNamedTexts(
  patches: readonly Resource[],
  options: PatchOptions,
  schema: SchemaSource,
): Transformer {
  return (resources) => {
    for (const patch of patches) {
      patchAll(resources, [resources.only(patch.id)], { patch, options, schema: schema() })
    }
  }
}

/** Merges one patch into every object that is selected. */
export function patchSelected(
  patch: Resource,
  target: Selector,
  { options, schema }: { options: PatchOptions; schema: SchemaSource },
): Transformer {
  return (resources) => {
    patchAll(resources, selectResources(resources, target), { patch, options, schema: schema() })
  }
}

/** Applies a JSON patch to every object that is selected. */
export function patchJson(operations: readonly JsonOperation[], target: Selector, remember: boolean): Transformer {
  return (resources) => {
    for (const resource of selectResources(resources, target)) {
      const before = idKey(resource.id)
      if (remember) resource.rememberId()
      applyJsonPatch(resource.object as JsonObject, operations)
      resource.renamed()
      if (idKey(resource.id) !== before) resources.changed()
    }
  }
}

interface Patch {
  readonly options: PatchOptions
  readonly schema: MergeSchema
}

function patchAll(resources: ResourceSet, selected: readonly Resource[], how: Patch & { patch: Resource }): void {
  const patch = textMetadata(how.patch)
  for (const resource of selected) {
    const own = cloneTree(patch)
    // The target's version counts, whatever the patch says.
    setOwn(own, 'apiVersion', (resource.object as JsonObject).apiVersion)
    mergeInto(resources, resource, { ...how, patch: own })
  }
  if (selected.some((resource) => resource.object === undefined)) resources.dropEmpty()
  const conflict = selected.length > 0 && !keepsIds(how.options) ? resources.conflict() : undefined
  if (conflict !== undefined) throw KustomizeErrors.DUPLICATE({ id: formatId(conflict) })
}

function keepsIds({ allowKindChange, allowNameChange }: PatchOptions): boolean {
  return allowKindChange !== true && allowNameChange !== true
}

/** Labels and annotations of such patches become texts before they are merged, `null` too. */
function textMetadata(patch: Resource): JsonObject {
  const { labels, annotations } = patch
  patch.setMetadataMap('labels', labels)
  patch.setMetadataMap('annotations', annotations)
  return patch.object as JsonObject
}

function mergeInto(
  resources: ResourceSet,
  resource: Resource,
  { patch, options, schema }: Patch & { patch: JsonObject },
): void {
  const { name, namespace } = resource
  const { kind } = resource.id
  const before = idKey(resource.id)
  if (!keepsIds(options)) resource.rememberId()
  resource.object = mergePatch(resource.object as JsonObject, patch, { schema, newItems: 'first' })
  resource.renamed()
  if (resource.isEmpty) {
    resource.object = undefined
    return
  }
  if (options.allowKindChange !== true) resource.setKind(kind)
  if (options.allowNameChange !== true) resource.setName(name)
  resource.setNamespace(namespace)
  if (idKey(resource.id) !== before) resources.changed()
}
