import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from './support/server.ts'

const maps = '/api/v1/namespaces/default/configmaps'
const deployments = '/apis/apps/v1/namespaces/default/deployments'

describe('bodies', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const post = (body: unknown, query = '', type?: string) =>
    server.request(maps + query, { method: 'POST', body, ...(type === undefined ? {} : { type }) })
  const map = (name: string, metadata: object = {}) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...metadata },
  })

  it('[B1] YAML is read, other types are refused', async () => {
    const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b1\ndata:\n  a: "yes"\n'
    expect((await post(yaml, '', 'application/yaml')).json.data).toEqual({ a: 'yes' })
    const { code, json } = await post('<map/>', '', 'application/xml')
    expect([code, json.reason]).toEqual([415, 'UnsupportedMediaType'])
  })

  it('[B1] text that does not parse is a 400', async () => {
    expect((await post('{"a":')).json).toMatchObject({
      code: 400,
      reason: 'BadRequest',
      message: `the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input ({"a":)`,
    })
    expect((await post('a: [', '', 'application/yaml')).code).toBe(400)
    expect((await post('[]')).code).toBe(400)
    expect((await post('['.repeat(100_000))).code).toBe(400)
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    expect(
      (
        await post(
          `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"deep","managedFields":[{"fieldsV1":{"f:a":${deep}}}]}}`,
        )
      ).code,
    ).toBe(400)
    const patched = await server.request(`${maps}/b1`, {
      method: 'PATCH',
      body: '{',
      type: 'application/merge-patch+json',
    })
    expect([patched.code, patched.json.message]).toEqual([400, 'error decoding patch: unexpected end of JSON input'])
  })

  it('[B2] unknown and duplicate fields', async () => {
    const text = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b2"},"data":{"a":"1","a":"2"},"dat":{}}'
    const strict = await post(text, '?fieldValidation=Strict')
    expect(strict.json.message).toBe(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: duplicate field "data.a", unknown field "dat"',
    )
    const warned = await post(text)
    expect(warned.headers.get('warning')).toBe('299 - "duplicate field \\"data.a\\"", 299 - "unknown field \\"dat\\""')
    expect(warned.json).not.toHaveProperty('dat')
    const ignored = await post(text.replace('b2', 'b2-ignore'), '?fieldValidation=Ignore')
    expect([ignored.code, ignored.headers.get('warning')]).toEqual([201, null])
  })

  it.each([
    [
      { replicas: 'x' },
      'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [
      { template: { metadata: { labels: { a: 1 } } } },
      'json: cannot unmarshal number into Go struct field ObjectMeta.spec.template.metadata.labels of type string',
    ],
    [
      { template: { spec: { containers: {} } } },
      'json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container',
    ],
  ])('[B3] %j has the wrong type', async (spec, message) => {
    const { code, json } = await server.request(deployments, {
      method: 'POST',
      body: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'b3' }, spec },
    })
    expect([code, json.message]).toEqual([
      400,
      `Deployment in version "v1" cannot be handled as a Deployment: ${message}`,
    ])
  })

  it('[B4] too large a body is refused', async () => {
    const { code, json } = await post({ ...map('b4'), data: { a: 'x'.repeat(3 * 1024 * 1024) } })
    expect([code, json.reason]).toEqual([413, 'RequestEntityTooLarge'])
  })

  it('[B6] JSON patches that do not apply', async () => {
    await post({ ...map('b6'), data: { a: '1' } })
    const patch = (body: unknown) =>
      server.request(`${maps}/b6`, { method: 'PATCH', body, type: 'application/json-patch+json' })
    expect((await patch([{ op: 'remove', path: '/data/none' }])).json).toMatchObject({ code: 422, reason: 'Invalid' })
    expect((await patch({ op: 'remove' })).code).toBe(400)
    expect((await patch([{ op: 'replace', path: '/data/a', value: '2' }])).json.data).toEqual({ a: '2' })
  })

  it.each([
    [
      { name: 'Upper_Case' },
      "metadata.name: Invalid value: \"Upper_Case\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
    [
      { labels: { 'a b': 'x' } },
      "metadata.labels: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
    [
      { labels: { a: 'x'.repeat(64) } },
      `metadata.labels: Invalid value: "${'x'.repeat(64)}": must be no more than 63 bytes`,
    ],
    [{ annotations: { '/a': '' } }, 'metadata.annotations: Invalid value: "/a": prefix part must be non-empty'],
    [{ annotations: { a: 'x'.repeat(262_144) } }, 'metadata.annotations: Too long: may not be more than 262144 bytes'],
    [
      { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: '', uid: 'u' }] },
      'metadata.ownerReferences.name: Invalid value: "": must not be empty',
    ],
  ])('[B7] metadata %#', async (metadata, message) => {
    const { code, json } = await post(map('b7', metadata))
    expect([code, json.reason]).toEqual([422, 'Invalid'])
    expect(json.message).toContain(message)
    expect(json.details.causes).toHaveLength(1)
  })

  it('[B7] several faults are several causes of one answer', async () => {
    const { json } = await post(map('-', { labels: { a: '-' } }))
    expect(json.details.causes.map((cause: { field: string }) => cause.field)).toEqual([
      'metadata.name',
      'metadata.labels',
    ])
    expect(json.message).toMatch(/^ConfigMap "-" is invalid: \[metadata\.name: .*, metadata\.labels: .*\]$/)
  })

  it('the URL rules over the body', async () => {
    const elsewhere = await post(map('x', { namespace: 'fix' }))
    expect([elsewhere.code, elsewhere.json.message]).toEqual([
      400,
      'the namespace of the provided object does not match the namespace sent on the request',
    ])
    const version = await post({ ...map('x'), apiVersion: 'v7' })
    expect(version.json.message).toBe(
      'ConfigMap in version "v7" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "v7" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    )
  })

  it('apply asks for its manager, and force for an apply', async () => {
    const apply = await server.request(`${maps}/x`, {
      method: 'PATCH',
      body: map('x'),
      type: 'application/apply-patch+yaml',
    })
    expect([apply.code, apply.json.message]).toEqual([
      422,
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    ])
    const force = await server.request(`${maps}/x?force=true`, {
      method: 'PATCH',
      body: {},
      type: 'application/merge-patch+json',
    })
    expect(force.json.message).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
    )
  })

  it('apply refuses fields the type does not have', async () => {
    const { json } = await server.request(`${maps}/x?fieldManager=a`, {
      method: 'PATCH',
      body: { ...map('x'), dat: {} },
      type: 'application/apply-patch+yaml',
    })
    expect(json).toMatchObject({
      code: 500,
      message:
        'failed to create typed patch object (default/x; /v1, Kind=ConfigMap): .dat: field not declared in schema',
    })
  })

  it('prototype keys of hostile bodies are data or nothing', async () => {
    const text =
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"proto","labels":{"__proto__":"x"}},"data":{"__proto__":"y","constructor":"z"},"__proto__":{"kind":"Secret"}}'
    const { code, json } = await post(text)
    expect(code).toBeLessThan(500)
    expect(json.kind).not.toBe('Secret')
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })
})

describe('discovery', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('[V1] in the old form', async () => {
    expect((await server.request('/api')).json).toMatchObject({ kind: 'APIVersions', versions: ['v1'] })
    expect((await server.request('/apis')).json.groups).toContainEqual({
      name: 'apps',
      versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
      preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
    })
    const { json } = await server.request('/apis/apps/v1')
    expect(json).toMatchObject({ kind: 'APIResourceList', groupVersion: 'apps/v1' })
    expect(json.resources).toContainEqual({
      name: 'deployments/scale',
      singularName: '',
      namespaced: true,
      kind: 'Scale',
      group: 'autoscaling',
      version: 'v1',
      verbs: ['get', 'patch', 'update'],
    })
  })

  it('[V1] aggregated, with an ETag', async () => {
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json'
    const { json, headers } = await server.request('/apis', { headers: { accept } })
    expect(headers.get('content-type')).toBe('application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList')
    expect(json).toMatchObject({ kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2' })
    const apps = json.items.find((item: { metadata: { name: string } }) => item.metadata.name === 'apps')
    expect(apps.versions[0].resources[0]).toMatchObject({
      resource: 'deployments',
      scope: 'Namespaced',
      shortNames: ['deploy'],
    })
    const etag = headers.get('etag') ?? ''
    expect((await server.request('/apis', { headers: { accept, 'if-none-match': etag } })).code).toBe(304)
  })

  it('[V2] OpenAPI', async () => {
    const { json } = await server.request('/openapi/v3')
    const { serverRelativeURL } = json.paths['apis/apps/v1']
    expect(serverRelativeURL).toMatch(/^\/openapi\/v3\/apis\/apps\/v1\?hash=[0-9A-F]{64}$/)
    const document = (await server.request(serverRelativeURL)).json
    const patch = document.paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}'].patch
    expect(patch['x-kubernetes-group-version-kind']).toEqual({ group: 'apps', version: 'v1', kind: 'Deployment' })
    expect(patch.parameters.map((parameter: { name: string }) => parameter.name)).toContain('fieldValidation')
    const podSpec = document.components.schemas['io.k8s.api.core.v1.PodSpec']
    expect(podSpec.properties.containers['x-kubernetes-patch-merge-key']).toBe('name')
    expect(
      (await server.request('/openapi/v2')).json.definitions['io.k8s.api.core.v1.PodSpec'].properties.containers.type,
    ).toBe('array')
    const protobuf = await server.request('/openapi/v2', {
      headers: { accept: 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf' },
    })
    expect(protobuf.code).toBe(406)
    expect(danglingReferences(document)).toEqual([])
  })

  it('[V3] unknown groups and resources', async () => {
    expect(await server.request('/apis/nowhere.dev/v1/things')).toMatchObject({
      code: 404,
      text: '404 page not found\n',
    })
    expect((await server.request('/api/v1/things')).json).toMatchObject({
      code: 404,
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
    })
    expect((await server.request(`${maps}/x/status`)).code).toBe(404)
    expect((await server.request(maps, { method: 'PUT', body: {} })).json).toMatchObject({
      code: 405,
      reason: 'MethodNotAllowed',
    })
  })

  it('[V4] only health needs no credentials', async () => {
    const wrong = { authorization: 'Bearer wrong' }
    for (const path of ['/healthz', '/livez', '/readyz'])
      expect(await server.request(path, { headers: wrong })).toMatchObject({ code: 200, text: 'ok' })
    expect((await server.request('/version', { headers: wrong })).json).toMatchObject({
      code: 401,
      reason: 'Unauthorized',
      message: 'Unauthorized',
    })
    expect((await server.request('/version')).json).toMatchObject({ major: '1', minor: '36', gitVersion: 'v1.36.0' })
  })

  it('[V5] reviews', async () => {
    const body = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb: 'get', resource: 'pods' } },
    }
    const { code, json } = await server.request('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      method: 'POST',
      body,
    })
    expect([code, json.status.allowed]).toEqual([201, true])
    const review = (token: string) =>
      server.request('/apis/authentication.k8s.io/v1/tokenreviews', {
        method: 'POST',
        body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } },
      })
    expect((await review('secret')).json.status).toMatchObject({ authenticated: true, user: { username: 'admin' } })
    expect((await review('other')).json.status.authenticated).toBeUndefined()
  })
})

function danglingReferences(document: { components: { schemas: Record<string, unknown> } }): string[] {
  const names = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  )
  return [...new Set(names)].filter((name) => !Object.hasOwn(document.components.schemas, name))
}
