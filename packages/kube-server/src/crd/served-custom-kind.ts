import { applySchemaDefaults, type KubeObject, schemaFromCrd } from '@driftless/kube-objects'
import { numberAt } from '../api/scale.ts'
import type { KindStrategy, ScalePaths, ServedKind, TableColumn } from '../api/served-kind.ts'
import type { FieldProblem } from '../status/field-problem.ts'
import { ageSince } from '../table/age.ts'
import { isObject } from '../validation/decode.ts'
import type { Definition, DefinitionVersion, PrinterColumn } from './definition.ts'
import { compileJsonPath } from './json-path.ts'
import type { RawSchema } from './raw-schema.ts'
import { schemaProblems } from './schema-validation.ts'

const verbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch']
const anything: RawSchema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }

/** The kinds a CRD serves, one a served version. */
export function servedCustomKinds({ spec }: Definition): ServedKind[] {
  return spec.versions.filter((version) => version.served).map((version) => servedVersion(spec, version))
}

function servedVersion(spec: Definition['spec'], version: DefinitionVersion): ServedKind {
  const { group, names } = spec
  const raw: RawSchema = version.schema?.openAPIV3Schema ?? anything
  const schema = schemaFromCrd(raw)
  const { status, scale } = version.subresources ?? {}
  return {
    group,
    version: version.name,
    kind: names.kind,
    plural: names.plural,
    singular: names.singular ?? names.kind.toLowerCase(),
    ...(names.listKind === undefined ? {} : { listKind: names.listKind }),
    shortNames: names.shortNames ?? [],
    categories: names.categories ?? [],
    namespaced: spec.scope === 'Namespaced',
    verbs,
    schema,
    columns: [nameColumn, ...(version.additionalPrinterColumns?.map(customColumn) ?? [ageColumn])],
    subresources: { ...(status === undefined ? {} : { status: true }), ...(scale === undefined ? {} : { scale }) },
    strategy: customStrategy(raw, (object) => applySchemaDefaults(object, schema) as KubeObject, scale),
    custom: true,
    storage: version.storage,
    openApi: raw,
    selectableFields: (version.selectableFields ?? []).map(({ jsonPath }) => jsonPath.replace(/^\./, '')),
    ...(version.deprecated === true ? { deprecation: deprecationText(spec, version) } : {}),
  }
}

function deprecationText(spec: Definition['spec'], version: DefinitionVersion): string {
  return version.deprecationWarning ?? `${spec.group}/${version.name} ${spec.names.kind} is deprecated`
}

function customStrategy(
  raw: RawSchema,
  defaults: (object: KubeObject) => KubeObject,
  scale: ScalePaths | undefined,
): KindStrategy {
  return {
    defaults,
    validate: (object, previous) => [...newProblems(object, previous, raw), ...scaleProblems(object, scale)],
    validateStatus: (object, previous) =>
      newProblems(object, previous, raw).filter(({ field }) => field === 'status' || field.startsWith('status.')),
  }
}

/** Faults that an object had before, under an older schema, do not stop changes elsewhere in it. */
function newProblems(object: KubeObject, previous: KubeObject | undefined, raw: RawSchema): FieldProblem[] {
  const problems = schemaProblems(object, raw)
  if (previous === undefined || problems.length === 0) return problems
  const old = new Set(schemaProblems(previous, raw).map((problem) => JSON.stringify(problem)))
  return problems.filter((problem) => !old.has(JSON.stringify(problem)))
}

function scaleProblems(object: KubeObject, scale: ScalePaths | undefined): FieldProblem[] {
  if (scale === undefined) return []
  return [scale.specReplicasPath, scale.statusReplicasPath].flatMap((field): FieldProblem[] => {
    const value = numberAt(object, field)
    if (value < 0) return [{ field, type: 'FieldValueInvalid', value, detail: 'should be a non-negative integer' }]
    if (value <= maxReplicas) return []
    return [{ field, type: 'FieldValueInvalid', value, detail: `should be less than or equal to ${maxReplicas}` }]
  })
}

const maxReplicas = 2 ** 31 - 1

const nameColumn: TableColumn = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name must be unique within a namespace.',
  cell: (object) => object.metadata.name ?? '',
}

const ageColumn: TableColumn = {
  name: 'Age',
  type: 'date',
  description: 'CreationTimestamp is a timestamp representing the server time when this object was created.',
  cell: (object, now) => ageSince(object.metadata.creationTimestamp, now),
}

function customColumn(column: PrinterColumn): TableColumn {
  const path = compileJsonPath(column.jsonPath)
  return {
    name: column.name,
    type: column.type,
    ...(column.format === undefined ? {} : { format: column.format }),
    ...(column.priority === undefined ? {} : { priority: column.priority }),
    description: column.description ?? `Custom resource definition column (in JSONPath format): ${column.jsonPath}`,
    cell: (object, now) => cellValue(column.type, path(object), now),
  }
}

/** What does not have the column's type prints as nothing. */
function cellValue(type: string, values: readonly unknown[], now: Date): unknown {
  const [value] = values
  if (value === undefined || value === null) return null
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null
    case 'number':
      return typeof value === 'number' ? value : null
    case 'boolean':
      return typeof value === 'boolean' ? value : null
    case 'date':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? ageSince(value, now) : '<unknown>'
    default: {
      const texts = values.map((found) =>
        isObject(found) || Array.isArray(found) ? JSON.stringify(found) : String(found),
      )
      return texts.join(',')
    }
  }
}
