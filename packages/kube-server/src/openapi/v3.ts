import type { ServedKind } from '../api/served-kind.ts'
import { defineKind, listName } from './kind-definition.ts'
import { kindPaths, type OperationWriter } from './paths.ts'
import { SchemaDocument } from './schema-document.ts'

/** Paths of the documents of `/openapi/v3`: `api/v1`, `apis/apps/v1`, … */
export function groupVersionPaths(kinds: readonly ServedKind[]): string[] {
  return [...new Set(kinds.map(documentPath))]
}

/** The OpenAPI 3 document of one group version, undefined when nothing is served there. */
export function openApiV3(kinds: readonly ServedKind[], path: string): object | undefined {
  const served = kinds.filter((kind) => documentPath(kind) === path)
  if (served.length === 0) return undefined
  const document = new SchemaDocument('v3')
  const paths: Record<string, object> = {}
  for (const kind of served) {
    const name = defineKind(document, kind)
    Object.assign(paths, kindPaths(kind, name, listName(kind, name), writerFor(document)))
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1' },
    paths,
    components: { schemas: document.definitions },
  }
}

function documentPath({ group, version }: ServedKind): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`
}

function writerFor(document: SchemaDocument): OperationWriter {
  const content = (definition: string | undefined, types: readonly string[]) => {
    const schema = definition === undefined ? { type: 'object' } : { $ref: document.refTo(definition) }
    return Object.fromEntries(types.map((type) => [type, { schema }]))
  }
  return {
    parameter: (name, at, type) => ({
      name,
      in: at,
      schema: { type, uniqueItems: true },
      ...(at === 'path' ? { required: true } : {}),
    }),
    body: (definition, types) => ({ requestBody: { required: true, content: content(definition, types) } }),
    answer: (definition) => ({
      responses: { 200: { description: 'OK', content: content(definition, ['application/json', 'application/yaml']) } },
    }),
  }
}
