import type { KubeObject, ObjectMeta, OwnerReference } from '@driftless/kube-objects'
import { deepEqual } from '@driftless/kube-objects'
import type { ServedKind } from '../api/served-kind.ts'
import type { FieldProblem } from '../status/field-problem.ts'
import { labelFaults, labelValueFaults, nameRules, qualifiedNameFaults } from './names.ts'

const annotationBytesLimit = 256 * 1024

/** Problems of `metadata` that hold for every kind. */
export function metadataProblems(metadata: ObjectMeta, kind: ServedKind): FieldProblem[] {
  return [
    ...nameProblems(metadata, kind),
    ...labelProblems(metadata.labels, 'metadata.labels'),
    ...annotationProblems(metadata.annotations, 'metadata.annotations'),
    ...ownerProblems(metadata.ownerReferences ?? []),
    ...finalizerProblems(metadata.finalizers ?? []),
  ]
}

/**
 * Problems of changing `metadata`, beyond those of the new metadata itself. The server looks twice, once for every kind and
 * once with the kind's own rules, and reports what it finds as often.
 */
export function updateMetadataProblems(kind: ServedKind, next: KubeObject, previous: KubeObject): FieldProblem[] {
  const changes = changeProblems(next, previous)
  const again = kind.group === '' && kind.kind !== 'Namespace' ? metadataProblems(next.metadata, kind) : []
  return [...changes, ...changes, ...again]
}

function changeProblems(next: KubeObject, previous: KubeObject): FieldProblem[] {
  const { metadata } = next
  const problems = finalizerChangeProblems(metadata, previous.metadata)
  for (const field of [
    'name',
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ] as const) {
    if (deepEqual(metadata[field], previous.metadata[field])) continue
    problems.push(invalidValue(`metadata.${field}`, metadata[field], 'field is immutable'))
  }
  return [
    ...problems,
    ...labelProblems(metadata.labels, 'metadata.labels'),
    ...annotationProblems(metadata.annotations, 'metadata.annotations'),
    ...ownerProblems(metadata.ownerReferences ?? []),
  ]
}

function finalizerChangeProblems(next: ObjectMeta, previous: ObjectMeta): FieldProblem[] {
  const added = (next.finalizers ?? []).filter((name) => !previous.finalizers?.includes(name))
  if (previous.deletionTimestamp === undefined || added.length === 0) return []
  const shown = added.map((name) => JSON.stringify(name)).join(', ')
  const detail = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${shown}}`
  return [{ field: 'metadata.finalizers', type: 'FieldValueForbidden', detail }]
}

/** Problems of a map of labels. */
export function labelProblems(labels: Readonly<Record<string, string>> | undefined, field: string): FieldProblem[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...qualifiedNameFaults(key).map((detail) => invalidValue(field, key, detail)),
    ...labelValueFaults(value).map((detail) => invalidValue(field, value, detail)),
  ])
}

/** Problems of a map of annotations; keys count regardless of case, the size of all is limited to 256 KiB. */
export function annotationProblems(
  annotations: Readonly<Record<string, string>> | undefined,
  field: string,
): FieldProblem[] {
  const problems: FieldProblem[] = []
  let size = 0
  for (const [key, value] of Object.entries(annotations ?? {})) {
    problems.push(...qualifiedNameFaults(key.toLowerCase()).map((detail) => invalidValue(field, key, detail)))
    size += Buffer.byteLength(key) + Buffer.byteLength(value)
  }
  if (size > annotationBytesLimit) {
    problems.push({ field, type: 'FieldValueTooLong', detail: `may not be more than ${annotationBytesLimit} bytes` })
  }
  return problems
}

function nameProblems(metadata: ObjectMeta, kind: ServedKind): FieldProblem[] {
  const problems: FieldProblem[] = []
  const rule = nameRules[kind.strategy.nameRule ?? 'subdomain']
  const { name = '', generateName = '', namespace = '' } = metadata
  if (generateName !== '') {
    // What is appended is valid, so a trailing dash of the prefix must not count against it.
    const stem = generateName.endsWith('-') ? `${generateName.slice(0, -1)}a` : generateName
    problems.push(...rule(stem).map((detail) => invalidValue('metadata.generateName', generateName, detail)))
  }
  if (name === '') {
    problems.push({ field: 'metadata.name', type: 'FieldValueRequired', detail: 'name or generateName is required' })
  } else problems.push(...rule(name).map((detail) => invalidValue('metadata.name', name, detail)))
  if (!kind.namespaced && namespace !== '') {
    problems.push({ field: 'metadata.namespace', type: 'FieldValueForbidden', detail: 'not allowed on this type' })
  } else if (kind.namespaced) {
    if (namespace === '') problems.push({ field: 'metadata.namespace', type: 'FieldValueRequired', detail: '' })
    else problems.push(...labelFaults(namespace).map((detail) => invalidValue('metadata.namespace', namespace, detail)))
  }
  return problems
}

function ownerProblems(owners: readonly OwnerReference[]): FieldProblem[] {
  const field = 'metadata.ownerReferences'
  const problems = owners.flatMap((owner) => {
    const found: FieldProblem[] = []
    if (!owner.apiVersion)
      found.push(invalidValue(`${field}.apiVersion`, owner.apiVersion ?? '', 'version must not be empty'))
    for (const part of ['kind', 'name', 'uid'] as const) {
      if (!owner[part]) found.push(invalidValue(`${field}.${part}`, owner[part] ?? '', 'must not be empty'))
    }
    return found
  })
  const [first, second] = owners.filter((owner) => owner.controller === true)
  if (first !== undefined && second !== undefined) {
    const detail = `Only one reference can have Controller set to true. Found "true" in references for ${first.kind}/${first.name} and ${second.kind}/${second.name}`
    problems.push(invalidValue(field, owners, detail))
  }
  return problems
}

function finalizerProblems(finalizers: readonly string[]): FieldProblem[] {
  const field = 'metadata.finalizers'
  const problems = finalizers.flatMap((name) =>
    qualifiedNameFaults(name).map((detail) => invalidValue(field, name, detail)),
  )
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    problems.push(invalidValue(field, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'))
  }
  return problems
}

function invalidValue(field: string, value: unknown, detail: string): FieldProblem {
  return { field, type: 'FieldValueInvalid', value, detail }
}
