import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from './support/server.ts'
import { watch } from './support/watch.ts'

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const table = 'application/json;as=Table;v=v1;g=meta.k8s.io'

describe('custom kinds', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
    await server.request(definitions, { method: 'POST', body: widgets() })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const path = '/apis/shop.dev/v1/namespaces/default/widgets'
  const create = (name: string, spec: object, query = '') =>
    server.request(path + query, {
      method: 'POST',
      body: { apiVersion: 'shop.dev/v1', kind: 'Widget', metadata: { name }, spec },
    })

  it('[C1] a definition is established, discovered and published', async () => {
    const { json } = await server.request(`${definitions}/widgets.shop.dev`)
    expect(
      json.status.conditions.map((found: { type: string; status: string }) => `${found.type}=${found.status}`),
    ).toEqual(['NamesAccepted=True', 'Established=True'])
    expect(json.status.acceptedNames).toMatchObject({ kind: 'Widget', listKind: 'WidgetList', singular: 'widget' })
    const resources = (await server.request('/apis/shop.dev/v1')).json.resources.map(
      (found: { name: string }) => found.name,
    )
    expect(resources).toEqual(['widgets', 'widgets/scale', 'widgets/status'])
    const schema = (await server.request('/openapi/v3/apis/shop.dev/v1')).json.components.schemas['dev.shop.v1.Widget']
    expect(schema.properties.spec.properties.size.type).toBe('integer')
    expect(schema['x-kubernetes-group-version-kind']).toEqual([{ group: 'shop.dev', version: 'v1', kind: 'Widget' }])
  })

  it('[C2] names that are taken are not accepted', async () => {
    const body = widgets()
    Object.assign(body.metadata, { name: 'gadgets.shop.dev' })
    body.spec.names = { kind: 'Widget', plural: 'gadgets' }
    await server.request(definitions, { method: 'POST', body })
    const { json } = await server.request(`${definitions}/gadgets.shop.dev`)
    expect(json.status.conditions).toMatchObject([
      { type: 'NamesAccepted', status: 'False', reason: 'SingularConflict' },
      { type: 'Established', status: 'False', reason: 'NotAccepted' },
    ])
    expect((await server.request('/apis/shop.dev/v1/namespaces/default/gadgets')).code).toBe(404)
    await server.request(`${definitions}/gadgets.shop.dev`, { method: 'DELETE' })
  })

  it('[C3] objects are pruned and defaulted', async () => {
    const { json, headers } = await create('c3', { surprise: 1, free: { kept: true } })
    expect(json.spec).toEqual({ size: 3, free: { kept: true } })
    expect(headers.get('warning')).toBe('299 - "unknown field \\"spec.surprise\\""')
    const strict = await create('c3-strict', { surprise: 1 }, '?fieldValidation=Strict')
    expect([strict.code, strict.json.message]).toEqual([
      400,
      'Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "spec.surprise"',
    ])
  })

  it.each([
    [{ size: 99 }, 'spec.size: Invalid value: 99: spec.size in body should be less than or equal to 10'],
    [{ code: 'xx' }, 'spec.code: Invalid value: "xx": spec.code in body should match \'^[A-Z]+$\''],
    [{ code: 'ABCDEFGHI' }, 'spec.code: Too long: may not be more than 8 bytes'],
    [{ size: '3' }, 'spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"'],
    [{ tags: ['a', 'a'] }, 'spec.tags[1]: Duplicate value: "a"'],
    [{ tags: ['a', 'b', 'c', 'd'] }, 'spec.tags: Too many: 4: must have at most 3 items'],
    [{ when: 'noon' }, 'spec.when: Invalid value: "noon": spec.when in body must be of type date-time: "noon"'],
    [{ level: 3 }, 'spec.level: Unsupported value: 3: supported values: "1", "2"'],
    [
      { only: { a: 'x', b: 'y' } },
      'spec.only: Invalid value: "": "spec.only" must validate one and only one schema (oneOf). Found 2 valid alternatives',
    ],
    [
      { ratio: true },
      'spec.ratio: Invalid value: "boolean": spec.ratio in body must be of type integer,string: "boolean"',
    ],
  ])('[C3] %j is refused', async (spec, message) => {
    const { code, json } = await create('c3-bad', spec)
    expect([code, json.message]).toEqual([422, `Widget.shop.dev "c3-bad" is invalid: ${message}`])
  })

  it('[C4] every served version shows the same objects', async () => {
    await create('c4', { size: 4 })
    const beta = await server.request('/apis/shop.dev/v1beta1/namespaces/default/widgets/c4')
    expect(beta.json).toMatchObject({ apiVersion: 'shop.dev/v1beta1', spec: { size: 4 } })
    expect(beta.headers.get('warning')).toBe('299 - "shop.dev/v1beta1 Widget is deprecated"')
    const changed = await server.request('/apis/shop.dev/v1beta1/namespaces/default/widgets/c4', {
      method: 'PATCH',
      type: 'application/merge-patch+json',
      body: { spec: { size: 5 } },
    })
    expect(changed.json.apiVersion).toBe('shop.dev/v1beta1')
    expect((await server.request(`${path}/c4`)).json).toMatchObject({ apiVersion: 'shop.dev/v1', spec: { size: 5 } })
    expect((await server.request('/apis/shop.dev')).json.preferredVersion.version).toBe('v1')
  })

  it('[C5] printer columns fill the Table', async () => {
    await create('c5', { size: 7 })
    await server.request(`${path}/c5/status`, {
      method: 'PATCH',
      type: 'application/merge-patch+json',
      body: { status: { conditions: [{ type: 'Ready', status: 'True' }] } },
    })
    const { json } = await server.request(`${path}/c5`, { headers: { accept: table } })
    expect(json.columnDefinitions.map((column: { name: string }) => column.name)).toEqual(['Name', 'Size', 'Ready'])
    expect(json.rows[0].cells).toEqual(['c5', 7, 'True'])
  })

  it('[O11] scale of a custom kind', async () => {
    await create('scaled', { size: 2 })
    await server.request(`${path}/scaled/scale`, {
      method: 'PATCH',
      type: 'application/merge-patch+json',
      body: { spec: { replicas: 6 } },
    })
    expect((await server.request(`${path}/scaled`)).json.spec.size).toBe(6)
  })

  it('PUT of a custom object needs its version', async () => {
    await create('put', { size: 2 })
    const { code, json } = await server.request(`${path}/put`, {
      method: 'PUT',
      body: { apiVersion: 'shop.dev/v1', kind: 'Widget', metadata: { name: 'put' } },
    })
    expect([code, json.message]).toEqual([
      422,
      'widgets.shop.dev "put" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    ])
  })

  it.each([
    [{ scope: 'Planet' }, 'spec.scope: Unsupported value: "Planet": supported values: "Cluster", "Namespaced"'],
    [{ group: 'shop' }, 'spec.group: Invalid value: "shop": should be a domain with at least one dot'],
    [
      { versions: [{ name: 'v1', served: true, storage: true }] },
      'spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required',
    ],
    [
      {
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', properties: { spec: { properties: {} } } } },
          },
        ],
      },
      'spec.versions[0].schema.openAPIV3Schema.properties[spec].type: Required value: must not be empty for specified object fields',
    ],
  ])('[C7] %j is refused', async (change, message) => {
    const body = widgets()
    Object.assign(body.spec, { names: { kind: 'Bad', plural: 'bads' } }, change)
    Object.assign(body.metadata, { name: `bads.${body.spec.group}` })
    const { code, json } = await server.request(definitions, { method: 'POST', body })
    expect(code).toBe(422)
    expect(json.message).toContain(message)
  })

  it('[C6] [W8] with the definition go its objects, its watches and the kind', async () => {
    await create('c6', {})
    await using stream = await watch(server, `${path}?resourceVersion=${server.api.version}`)
    const { json } = await server.request(`${definitions}/widgets.shop.dev`, { method: 'DELETE' })
    expect(json.status === 'Success' || json.metadata.deletionTimestamp !== undefined).toBe(true)
    await stream.ended
    expect(stream.events.some(({ type, object }) => type === 'DELETED' && object.metadata.name === 'c6')).toBe(true)
    expect((await server.request(path)).code).toBe(404)
    expect((await server.request('/apis/shop.dev')).code).toBe(404)
  })
})

// biome-ignore lint/suspicious/noExplicitAny: cases change parts of it
function widgets(): { metadata: object; spec: any } {
  const schema = {
    openAPIV3Schema: {
      type: 'object',
      properties: {
        spec: {
          type: 'object',
          default: {},
          properties: {
            size: { type: 'integer', default: 3, maximum: 10 },
            code: { type: 'string', pattern: '^[A-Z]+$', maxLength: 8 },
            tags: { type: 'array', maxItems: 3, 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
            ratio: { 'x-kubernetes-int-or-string': true },
            when: { type: 'string', format: 'date-time' },
            level: { type: 'integer', enum: [1, 2] },
            only: {
              type: 'object',
              oneOf: [{ required: ['a'] }, { required: ['b'] }],
              properties: { a: { type: 'string' }, b: { type: 'string' } },
            },
            free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
          },
        },
        status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
  }
  const subresources = { status: {}, scale: { specReplicasPath: '.spec.size', statusReplicasPath: '.status.size' } }
  const additionalPrinterColumns = [
    { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
    { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
  ]
  return Object.assign(
    { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'widgets.shop.dev' } },
    {
      spec: {
        group: 'shop.dev',
        names: { kind: 'Widget', plural: 'widgets' },
        scope: 'Namespaced',
        versions: [
          { name: 'v1beta1', served: true, storage: false, deprecated: true, schema, subresources },
          { name: 'v1', served: true, storage: true, schema, subresources, additionalPrinterColumns },
        ],
      },
    },
  )
}
