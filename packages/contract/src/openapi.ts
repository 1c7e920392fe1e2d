import { z } from 'zod'
import { errorBody } from './error-body.ts'
import type { Route } from './route.ts'
import { routes } from './routes/index.ts'

type JsonSchema = Record<string, unknown>

/** The published OpenAPI 3.1 document of every route in the table. */
export function createOpenApiDocument(version: string): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [operationId, definition] of Object.entries<Route>(routes)) {
    const path = definition.path.replace(/:(\w+)/g, '{$1}').replace('*', '{object}')
    paths[path] = { ...paths[path], [definition.method.toLowerCase()]: operation(operationId, definition) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Driftless',
      version,
      description: 'GitOps for Kubernetes: the REST API of Argo CD, and what Driftless adds.',
    },
    paths,
    components: {
      schemas: { Error: schemaOf(errorBody) },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'argocd.token' },
      },
    },
  }
}

function operation(operationId: string, definition: Route): JsonSchema {
  const contentType = definition.delivery === 'stream' ? 'application/x-ndjson' : 'application/json'
  return {
    operationId,
    summary: definition.summary,
    tags: [definition.tag],
    security: definition.access.kind === 'public' ? [] : [{ bearer: [] }, { cookie: [] }],
    'x-permission':
      definition.access.kind === 'permission'
        ? `${definition.access.resource}, ${definition.access.action}`
        : undefined,
    parameters: [...parameters(definition.params, 'path'), ...parameters(definition.query, 'query')],
    requestBody:
      definition.body === undefined
        ? undefined
        : { required: true, content: { 'application/json': { schema: schemaOf(definition.body, 'input') } } },
    responses: {
      200: { description: 'The answer.', content: { [contentType]: { schema: schemaOf(definition.response) } } },
      default: {
        description: 'The reason of a refusal.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): JsonSchema[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, JsonSchema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name: name === '*' ? 'object' : name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as JsonSchema
  return rest
}
