import type { JsonObject } from '@driftless/kube-objects'
import { type FieldSlot, type FieldSpec, fillSlot, visitField } from '../config/field-spec.ts'
import { KustomizeErrors } from '../errors.ts'
import type { Resource } from '../resources/resource.ts'
import { formatId } from '../resources/resource-id.ts'
import { isMap, isNull, textOf } from '../values/scalar.ts'
import { fieldOf } from '../values/tree.ts'
import { guardScalar } from './slot-text.ts'
import type { Transformer } from './transformer.ts'

/** Which accounts that bindings name move along. */
export type SubjectMode = 'defaultOnly' | 'allServiceAccounts' | 'none'

/** How objects are put into a namespace. */
export interface NamespaceSettings {
  readonly namespace: string
  readonly specs: readonly FieldSpec[]
  readonly subjects: SubjectMode
  /** Only fill namespaces that are empty. */
  readonly unsetOnly: boolean
}

const ownNamespace: FieldSpec = { path: 'metadata/namespace', create: true }

/** Puts every namespaced object into a namespace, renames Namespace objects, and moves the subjects of bindings along. */
export function setNamespace(settings: NamespaceSettings): Transformer {
  return (resources) => {
    if (settings.namespace === '') return
    for (const resource of resources.list) {
      if (resource.isEmpty || resource.fromChart) continue
      resource.rememberId()
      moveResource(resource, settings)
      resource.renamed()
    }
    resources.changed()
    const conflict = resources.conflict()
    if (conflict !== undefined) throw KustomizeErrors.NAMESPACE({ id: formatId(conflict) })
  }
}

/** Puts one object into a namespace. */
export function moveResource(resource: Resource, settings: NamespaceSettings): void {
  const { id } = resource
  const fill = (slot: FieldSlot) => fillNamespace(slot, settings)
  if (!id.cluster) visitField(resource, ownNamespace, { create: 'scalar', visit: fill })
  const isBinding = id.kind === 'RoleBinding' || id.kind === 'ClusterRoleBinding'
  if (isBinding) moveSubjects(resource, settings)
  for (const spec of settings.specs) {
    if (spec.path === 'metadata/namespace') continue
    if (spec.path === 'metadata/name' && (id.group !== '' || id.version !== 'v1')) continue
    const own = spec.kind === 'RoleBinding' || spec.kind === 'ClusterRoleBinding'
    if (isBinding && own && spec.path === 'subjects/namespace') continue
    visitField(resource, spec, { create: 'scalar', visit: fill })
  }
}

function fillNamespace(slot: FieldSlot, { namespace, unsetOnly }: NamespaceSettings): void {
  guardScalar(slot.value)
  if (unsetOnly && !isNull(slot.value) && textOf(slot.value) !== '') return
  fillSlot(slot, namespace)
}

function moveSubjects(resource: Resource, settings: NamespaceSettings): void {
  if (settings.subjects === 'none') return
  const subjects = fieldOf(resource.object, 'subjects')
  if (isNull(subjects)) return
  if (!Array.isArray(subjects)) {
    throw KustomizeErrors.MERGE({ reason: 'setting namespace on (cluster)role binding subjects: wrong node kind' })
  }
  for (const subject of subjects) {
    const moves =
      settings.subjects === 'defaultOnly'
        ? textOf(fieldOf(subject, 'name')) === 'default'
        : textOf(fieldOf(subject, 'kind')) === 'ServiceAccount'
    if (!moves || !isMap(subject)) continue
    const holder: JsonObject = subject
    fillNamespace({ holder, key: 'namespace', value: holder.namespace ?? '' }, settings)
  }
}
