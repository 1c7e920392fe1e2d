import type { ServedKind } from '../api/served-kind.ts'
import { apiResources } from '../discovery/api-resources.ts'

/** Builds the operations of one dialect; the two differ in where bodies and types of parameters stand. */
export interface OperationWriter {
  parameter(name: string, at: 'query' | 'path', type: 'string' | 'integer' | 'boolean'): object
  /** The answer's content and, for writes, the body. */
  body(definition: string | undefined, types: readonly string[]): object
  answer(definition: string | undefined): object
}

type Operations = Record<string, unknown>

const patchTypes = ['application/json-patch+json', 'application/merge-patch+json', 'application/apply-patch+yaml']
const bodyTypes = ['application/json', 'application/yaml']

/** The paths of a kind with an operation for each verb. */
export function kindPaths(
  kind: ServedKind,
  definition: string,
  list: string,
  writer: OperationWriter,
): Record<string, object> {
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`
  const collection = `${root}/${kind.namespaced ? 'namespaces/{namespace}/' : ''}${kind.plural}`
  const has = (verb: string) => kind.verbs.includes(verb)
  const paths: Record<string, Operations> = {}
  const add = (path: string, method: string, action: string, shape: Shape) => {
    const operations = paths[path] ?? { parameters: pathParameters(path, writer) }
    paths[path] = operations
    operations[method] = operation(kind, action, shape, writer)
  }
  if (has('list')) add(collection, 'get', 'list', { answer: list, parameters: listParameters })
  if (has('list') && kind.namespaced)
    add(`${root}/${kind.plural}`, 'get', 'list', { answer: list, parameters: listParameters })
  if (has('create'))
    add(collection, 'post', 'post', {
      answer: definition,
      body: definition,
      types: bodyTypes,
      parameters: writeParameters,
    })
  if (has('deletecollection'))
    add(collection, 'delete', 'deletecollection', { answer: undefined, parameters: deleteParameters })
  const item = `${collection}/{name}`
  if (has('get')) add(item, 'get', 'get', { answer: definition, parameters: {} })
  if (has('update'))
    add(item, 'put', 'put', { answer: definition, body: definition, types: bodyTypes, parameters: writeParameters })
  if (has('patch'))
    add(item, 'patch', 'patch', { answer: definition, types: patchTypesOf(kind), parameters: patchParameters })
  if (has('delete')) add(item, 'delete', 'delete', { answer: undefined, parameters: deleteParameters })
  for (const row of apiResources(kind).slice(1)) {
    const path = `${item}/${row.name.slice(kind.plural.length + 1)}`
    for (const verb of row.verbs) {
      const method = methods[verb]
      if (method !== undefined)
        add(path, method, method, {
          answer: row.group === undefined ? definition : undefined,
          parameters: verb === 'get' ? {} : verb === 'patch' ? patchParameters : writeParameters,
          ...(verb === 'get' ? {} : { types: verb === 'patch' ? patchTypesOf(kind) : bodyTypes }),
        })
    }
  }
  return paths
}

interface Shape {
  answer: string | undefined
  body?: string
  types?: readonly string[]
  parameters: Readonly<Record<string, 'string' | 'integer' | 'boolean'>>
}

const methods: Readonly<Record<string, string>> = { get: 'get', update: 'put', patch: 'patch', create: 'post' }

function patchTypesOf(kind: ServedKind): string[] {
  return kind.custom === true ? patchTypes : [...patchTypes, 'application/strategic-merge-patch+json']
}

function operation(kind: ServedKind, action: string, shape: Shape, writer: OperationWriter): object {
  const parameters = Object.entries(shape.parameters).map(([name, type]) => writer.parameter(name, 'query', type))
  const body =
    shape.types === undefined ? undefined : (writer.body(shape.body, shape.types) as { parameters?: object[] })
  return {
    ...writer.answer(shape.answer),
    ...body,
    parameters: [...(body?.parameters ?? []), ...parameters],
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group: kind.group, version: kind.version, kind: kind.kind },
  }
}

function pathParameters(path: string, writer: OperationWriter): object[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  return [
    ...names.map((name) => writer.parameter(name, 'path', 'string')),
    writer.parameter('pretty', 'query', 'string'),
  ]
}

const listParameters = {
  allowWatchBookmarks: 'boolean',
  continue: 'string',
  fieldSelector: 'string',
  labelSelector: 'string',
  limit: 'integer',
  resourceVersion: 'string',
  resourceVersionMatch: 'string',
  sendInitialEvents: 'boolean',
  timeoutSeconds: 'integer',
  watch: 'boolean',
} as const
const writeParameters = { dryRun: 'string', fieldManager: 'string', fieldValidation: 'string' } as const
const patchParameters = { ...writeParameters, force: 'boolean' } as const
const deleteParameters = {
  dryRun: 'string',
  gracePeriodSeconds: 'integer',
  orphanDependents: 'boolean',
  propagationPolicy: 'string',
} as const
