import { FileNotLoaded, joinPath, messageOf } from '@driftless/foundation'
import {
  applyJsonPatch,
  applyStrategicPatch,
  builtInSchema,
  gvkOf,
  type JsonObject,
  type JsonPatchOperation,
  type KubeObject,
  parseLabelSelector,
  parseYamlDocuments,
} from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import type { Kustomization, PatchEntry, PatchTarget } from '../load/kustomization.ts'
import { type Place, readFile } from '../resources/accumulate.ts'
import { currentId, formatId, type Resource, type ResourceId, rememberId } from '../resources/resource.ts'

interface PatchSite {
  readonly kustomization: Kustomization
  readonly place: Place
}

/** Applies patches in their order: JSON patches to their targets, strategic ones to their targets or to the object they name. */
export function applyPatches(resources: Resource[], entries: readonly PatchEntry[], site: PatchSite): void {
  for (const entry of entries) {
    const file = entry.path ?? site.kustomization.file
    const documents = parse(patchText(entry, site), file)
    for (const document of documents) {
      if (Array.isArray(document))
        applyToTargets(resources, entry, {
          file,
          patch: (resource) => jsonPatch(resource, document as JsonPatchOperation[]),
        })
      else applyStrategic(resources, entry, { file, document: document as JsonObject })
    }
  }
}

function patchText(entry: PatchEntry, { place, kustomization }: PatchSite): string {
  if (entry.patch !== undefined && entry.path !== undefined) {
    throw KustomizeErrors.INVALID({ file: kustomization.file, reason: 'a patch names both "patch" and "path"' })
  }
  if (entry.patch !== undefined) return entry.patch
  if (entry.path === undefined)
    throw KustomizeErrors.INVALID({ file: kustomization.file, reason: 'a patch names neither "patch" nor "path"' })
  return readFile(joinPath(place.directory, entry.path), place)
}

function parse(text: string, file: string): unknown[] {
  try {
    return parseYamlDocuments(text, { file })
  } catch (error) {
    if (error instanceof FileNotLoaded) throw error
    throw KustomizeErrors.PATCH({ file, reason: messageOf(error) }, { cause: error, place: { file } })
  }
}

function applyStrategic(resources: Resource[], entry: PatchEntry, patch: { file: string; document: JsonObject }): void {
  if (entry.target !== undefined) {
    applyToTargets(resources, entry, {
      file: patch.file,
      patch: (resource) => strategicPatch(resource, patch.document, entry),
    })
    return
  }
  const named = patch.document as KubeObject
  if (typeof named.kind !== 'string' || typeof named.metadata?.name !== 'string') {
    throw KustomizeErrors.PATCH(
      { file: patch.file, reason: 'it names no kind and name, and no target is given' },
      { place: { file: patch.file } },
    )
  }
  const id: ResourceId = { ...gvkOf(named), namespace: named.metadata.namespace ?? '', name: named.metadata.name }
  const found = resources.filter((resource) =>
    [...resource.formerIds, currentId(resource)].some((known) => matchesId(known, id)),
  )
  if (found.length !== 1 || found[0] === undefined) {
    throw KustomizeErrors.NO_MATCH({ id: formatId(id), file: patch.file }, { place: { file: patch.file } })
  }
  const [resource] = found
  if (!strategicPatch(resource, patch.document, entry)) resources.splice(resources.indexOf(resource), 1)
}

function applyToTargets(
  resources: Resource[],
  entry: PatchEntry,
  how: { file: string; patch: (resource: Resource) => boolean },
): void {
  if (entry.target === undefined) {
    throw KustomizeErrors.PATCH(
      { file: how.file, reason: 'a JSON patch needs a target' },
      { place: { file: how.file } },
    )
  }
  const selects = createSelector(entry.target, how.file)
  for (const resource of resources.filter(selects)) {
    try {
      if (!how.patch(resource)) resources.splice(resources.indexOf(resource), 1)
    } catch (error) {
      throw KustomizeErrors.PATCH(
        { file: how.file, reason: messageOf(error) },
        { cause: error, place: { file: how.file } },
      )
    }
  }
}

/** Answers false when the patch deleted the object. */
function strategicPatch(resource: Resource, document: JsonObject, entry: PatchEntry): boolean {
  if (document.$patch === 'delete') return false
  const before = resource.object
  const patched = applyStrategicPatch(before as JsonObject, document, builtInSchema(gvkOf(before))) as KubeObject
  const keepKind = entry.options?.allowKindChange !== true
  const keepName = entry.options?.allowNameChange !== true
  settle(resource, {
    ...patched,
    ...(keepKind ? { apiVersion: before.apiVersion, kind: before.kind } : {}),
    metadata: {
      ...patched.metadata,
      ...(keepName ? { name: before.metadata.name ?? '' } : {}),
      ...(before.metadata.namespace === undefined ? {} : { namespace: before.metadata.namespace }),
    },
  })
  return true
}

function jsonPatch(resource: Resource, operations: JsonPatchOperation[]): boolean {
  settle(resource, applyJsonPatch(resource.object, operations) as KubeObject)
  return true
}

function settle(resource: Resource, next: KubeObject): void {
  if (next.metadata.name !== resource.object.metadata.name || next.kind !== resource.object.kind) rememberId(resource)
  resource.object = next
}

function matchesId(known: ResourceId, wanted: ResourceId): boolean {
  return (
    known.group === wanted.group &&
    known.version === wanted.version &&
    known.kind === wanted.kind &&
    known.name === wanted.name &&
    (wanted.namespace === '' || (known.namespace || 'default') === wanted.namespace)
  )
}

/** A predicate for a target: anchored regular expressions on names of any time, selectors on labels and annotations. */
export function createSelector(target: PatchTarget, file: string): (resource: Resource) => boolean {
  const pattern = (text: string | undefined): ((value: string) => boolean) => {
    if (text === undefined || text === '') return () => true
    try {
      const expression = new RegExp(`^(?:${text})$`)
      return (value) => expression.test(value)
    } catch (error) {
      throw KustomizeErrors.PATCH(
        { file, reason: `"${text}" is no regular expression: ${messageOf(error)}` },
        { place: { file } },
      )
    }
  }
  const group = pattern(target.group)
  const version = pattern(target.version)
  const kind = pattern(target.kind)
  const name = pattern(target.name)
  const namespace = pattern(target.namespace)
  const labels = target.labelSelector ? parseLabelSelector(target.labelSelector) : () => true
  const annotations = target.annotationSelector ? parseLabelSelector(target.annotationSelector) : () => true
  return (resource) => {
    const ids = [...resource.formerIds, currentId(resource)]
    const { metadata } = resource.object
    return (
      ids.some(
        (id) => group(id.group) && version(id.version) && kind(id.kind) && name(id.name) && namespace(id.namespace),
      ) &&
      labels(metadata.labels) &&
      annotations(metadata.annotations)
    )
  }
}
