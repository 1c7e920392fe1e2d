import { expect, it } from 'vitest'
import { createClient, urlOf } from './client.ts'
import { createOpenApiDocument } from './openapi.ts'
import { routes } from './routes/index.ts'

it('encodes a URL in a path parameter as one segment', () => {
  expect(urlOf(routes.getRepository, { params: { repo: 'https://git.example.com/a.git' } })).toBe(
    '/api/v1/repositories/https%3A%2F%2Fgit.example.com%2Fa.git',
  )
})

it('repeats a list in the query and leaves absent values out', () => {
  expect(urlOf(routes.searchApplications, { query: { sync: ['Synced', 'Unknown'], search: undefined } })).toBe(
    '/api/v1/application-search?sync=Synced&sync=Unknown',
  )
})

it('throws the server’s own reason', async () => {
  const client = createClient({
    baseUrl: 'http://driftless.test',
    fetch: async () =>
      Response.json({ error: 'permission denied', code: 7, message: 'permission denied' }, { status: 403 }),
  })
  await expect(client.call('getApplication', { params: { name: 'web' } })).rejects.toMatchObject({
    status: 403,
    message: 'permission denied',
  })
})

it('yields each line of a stream and throws its error line', async () => {
  const lines =
    '{"result":{"content":"a"}}\n{"result":{"content":"b"}}\n{"error":{"message":"pod is gone","http_code":404}}\n'
  const client = createClient({ baseUrl: '', fetch: async () => new Response(lines) })
  const seen: string[] = []
  const read = async () => {
    for await (const entry of client.stream('getLogs', { params: { name: 'web' } })) seen.push(entry.content)
  }
  await expect(read()).rejects.toThrow('pod is gone')
  expect(seen).toEqual(['a', 'b'])
})

it('publishes every route with who may call it', () => {
  const document = createOpenApiDocument('1.2.3') as { paths: Record<string, Record<string, { security: unknown[] }>> }
  const published = Object.values(document.paths).flatMap((path) => Object.values(path))
  expect(published).toHaveLength(Object.keys(routes).length)
  expect(document.paths['/api/v1/applications/{name}/sync']?.post?.security).not.toEqual([])
  expect(document.paths['/api/v1/session']?.post?.security).toEqual([])
})
