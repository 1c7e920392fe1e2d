import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import next from 'next'
import { createFakeApi } from './fake-api/server.ts'

/** Serves the console with the fake API on one port, as the product does with the real one: `node test/serve.ts [port] [--built]`. */
const port = Number(process.argv.find((argument) => /^\d+$/.test(argument)) ?? 0)
const dev = !process.argv.includes('--built')
const app = next({ dev, dir: join(import.meta.dirname, '..'), hostname: '127.0.0.1', port })
await app.prepare()
const page = app.getRequestHandler()
const upgrade = app.getUpgradeHandler()
const api = createFakeApi()
const server = createServer((request, response) => {
  if (request.url?.startsWith('/api/') === true) void api.handle(request, response)
  else void page(request, response)
})
server.on('upgrade', (request, socket, head) => void upgrade(request, socket, head))
server.listen(port, '127.0.0.1', () =>
  console.log(`console with the fake API: http://127.0.0.1:${(server.address() as AddressInfo).port}`),
)
