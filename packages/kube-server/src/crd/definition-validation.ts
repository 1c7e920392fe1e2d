import type { KubeObject } from '@driftless/kube-objects'
import type { FieldProblem } from '../status/field-problem.ts'
import { isObject } from '../validation/decode.ts'
import { label1035Faults, subdomainFaults } from '../validation/names.ts'
import type { Definition, DefinitionSpec, DefinitionVersion } from './definition.ts'
import { compileJsonPath } from './json-path.ts'
import { structuralProblems } from './structural-schema.ts'

const approval = 'api-approved.kubernetes.io'

/** Problems of a CustomResourceDefinition as the server words them. */
export function definitionProblems(object: KubeObject): FieldProblem[] {
  const { spec } = object as Definition
  if (!isObject(spec)) return [required('spec')]
  return [
    ...nameProblems(object.metadata.name ?? '', spec),
    ...approvalProblems(object, spec.group ?? ''),
    ...groupProblems(spec.group ?? ''),
    ...scopeProblems(spec.scope),
    ...versionsProblems(spec),
    ...namesProblems(spec),
  ]
}

/** Problems of changing a definition. */
export function definitionUpdateProblems(object: KubeObject, previous: KubeObject): FieldProblem[] {
  const next = (object as Definition).spec
  const old = (previous as Definition).spec
  const problems: FieldProblem[] = []
  const fixed = (field: string, value: unknown, before: unknown) => {
    if (value !== before) problems.push(invalid(field, value, 'field is immutable'))
  }
  fixed('spec.group', next.group, old.group)
  fixed('spec.names.plural', next.names?.plural, old.names.plural)
  const established = (previous as Definition).status?.conditions?.some(
    ({ type, status }) => type === 'Established' && status === 'True',
  )
  if (established === true) {
    fixed('spec.scope', next.scope, old.scope)
    fixed('spec.names.kind', next.names?.kind, old.names.kind)
  }
  const names = new Set((next.versions ?? []).map((version) => version.name))
  for (const [index, version] of ((object as Definition).status?.storedVersions ?? []).entries()) {
    if (!names.has(version))
      problems.push(invalid(`status.storedVersions[${index}]`, version, 'must appear in spec.versions'))
  }
  return problems
}

function nameProblems(name: string, spec: DefinitionSpec): FieldProblem[] {
  if (name === `${spec.names?.plural ?? ''}.${spec.group ?? ''}`) return []
  return [invalid('metadata.name', name, 'must be spec.names.plural+"."+spec.group')]
}

function approvalProblems(object: KubeObject, group: string): FieldProblem[] {
  if (!/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(group)) return []
  const value = object.metadata.annotations?.[approval] ?? ''
  const advice = `see https://github.com/kubernetes/enhancements/pull/1111`
  if (value === '') {
    return [
      required(
        `metadata.annotations[${approval}]`,
        `protected groups must have approval annotation "${approval}", ${advice}`,
      ),
    ]
  }
  if (value.startsWith('unapproved') || URL.canParse(value)) return []
  return [
    invalid(
      `metadata.annotations[${approval}]`,
      value,
      `protected groups must have approval annotation "${approval}" with either a URL or a reason starting with "unapproved", ${advice}`,
    ),
  ]
}

function groupProblems(group: string): FieldProblem[] {
  if (group === '') return [required('spec.group')]
  const faults = subdomainFaults(group)
  if (faults.length > 0) return [invalid('spec.group', group, faults.join(','))]
  return group.includes('.') ? [] : [invalid('spec.group', group, 'should be a domain with at least one dot')]
}

function scopeProblems(scope: unknown): FieldProblem[] {
  if (scope === undefined || scope === '') return [required('spec.scope')]
  if (scope === 'Namespaced' || scope === 'Cluster') return []
  return [
    {
      field: 'spec.scope',
      type: 'FieldValueNotSupported',
      value: scope,
      detail: 'supported values: "Cluster", "Namespaced"',
    },
  ]
}

function versionsProblems(spec: DefinitionSpec): FieldProblem[] {
  const versions = spec.versions ?? []
  const problems = versions.flatMap((version, index) => versionProblems(version, `spec.versions[${index}]`))
  const names = versions.map((version) => version.name)
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index) problems.push(invalid(`spec.versions[${index}].name`, name, 'must be unique'))
  })
  if (versions.filter((version) => version.storage).length !== 1) {
    problems.push(invalid('spec.versions', versions, 'must have exactly one version marked as storage version'))
  }
  return problems
}

function versionProblems(version: DefinitionVersion, path: string): FieldProblem[] {
  const problems: FieldProblem[] = label1035Faults(version.name ?? '').map((fault) =>
    invalid(`${path}.name`, version.name, fault),
  )
  const schema = version.schema?.openAPIV3Schema
  if (!isObject(schema)) problems.push(required(`${path}.schema.openAPIV3Schema`, 'schemas are required'))
  else problems.push(...structuralProblems(schema, `${path}.schema.openAPIV3Schema`))
  for (const [index, column] of (version.additionalPrinterColumns ?? []).entries()) {
    problems.push(...pathProblems(column.jsonPath, `${path}.additionalPrinterColumns[${index}].jsonPath`))
  }
  const scale = version.subresources?.scale
  if (scale !== undefined) problems.push(...scaleProblems(scale, `${path}.subresources.scale`))
  return problems
}

function pathProblems(jsonPath: string | undefined, field: string): FieldProblem[] {
  if (jsonPath === undefined || jsonPath === '') return [required(field)]
  try {
    compileJsonPath(jsonPath)
    return []
  } catch (error) {
    return [invalid(field, jsonPath, error instanceof Error ? error.message : String(error))]
  }
}

function scaleProblems(
  scale: { specReplicasPath?: string; statusReplicasPath?: string },
  path: string,
): FieldProblem[] {
  return (['specReplicasPath', 'statusReplicasPath'] as const).flatMap((field) => {
    const value = scale[field] ?? ''
    const root = field === 'specReplicasPath' ? '.spec' : '.status'
    if (value === '') return [required(`${path}.${field}`)]
    return value.startsWith(`${root}.`)
      ? []
      : [invalid(`${path}.${field}`, value, `should be a json path under ${root}`)]
  })
}

function namesProblems(spec: DefinitionSpec): FieldProblem[] {
  const { plural = '', singular = '', kind = '', listKind = '', shortNames = [], categories = [] } = spec.names ?? {}
  const problems: FieldProblem[] = []
  const check = (field: string, value: string, lower = value) => {
    if (value === '') problems.push(required(`spec.names.${field}`))
    else problems.push(...label1035Faults(lower).map((fault) => invalid(`spec.names.${field}`, value, fault)))
  }
  check('plural', plural)
  check('singular', singular)
  check('kind', kind, kind.toLowerCase())
  check('listKind', listKind, listKind.toLowerCase())
  shortNames.forEach((name, index) => {
    check(`shortNames[${index}]`, name)
  })
  categories.forEach((name, index) => {
    check(`categories[${index}]`, name)
  })
  if (kind !== '' && kind === listKind)
    problems.push(invalid('spec.names.listKind', listKind, 'kind and listKind may not be the same'))
  return problems
}

function required(field: string, detail = ''): FieldProblem {
  return { field, type: 'FieldValueRequired', detail }
}

function invalid(field: string, value: unknown, detail: string): FieldProblem {
  return { field, type: 'FieldValueInvalid', value, detail }
}
