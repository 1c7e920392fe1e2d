import type { ServedKind } from '../api/served-kind.ts'
import { defineKind, listName } from './kind-definition.ts'
import { kindPaths, type OperationWriter } from './paths.ts'
import { SchemaDocument } from './schema-document.ts'

/** The OpenAPI 2 document of everything that is served. */
export function openApiV2(kinds: readonly ServedKind[]): object {
  const document = new SchemaDocument('v2')
  const paths: Record<string, object> = {}
  for (const kind of kinds) {
    const name = defineKind(document, kind)
    Object.assign(paths, kindPaths(kind, name, listName(kind, name), writerFor(document)))
  }
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: 'v1' },
    paths,
    definitions: document.definitions,
  }
}

function writerFor(document: SchemaDocument): OperationWriter {
  const schemaOf = (definition: string | undefined) =>
    definition === undefined ? { type: 'object' } : { $ref: document.refTo(definition) }
  return {
    parameter: (name, at, type) => ({
      name,
      in: at,
      type,
      ...(at === 'path' ? { required: true } : { uniqueItems: true }),
    }),
    body: (definition, types) => ({
      consumes: types,
      parameters: [{ name: 'body', in: 'body', required: true, schema: schemaOf(definition) }],
    }),
    answer: (definition) => ({
      produces: ['application/json', 'application/yaml'],
      responses: { 200: { description: 'OK', schema: schemaOf(definition) } },
    }),
  }
}
