import { existsSync, readFileSync } from 'node:fs'
import type { Server } from 'node:net'
import { join } from 'node:path'
import { messageOf } from '@driftless/foundation'
import { ClusterErrors } from '../errors.ts'
import { writePrivateFile } from './private-file.ts'

/** Listens on 127.0.0.1, on the port of the last start when it is free, else on any; answers the port. */
export async function listenOnLoopback(server: Server, options: { name: string; directory: string }): Promise<number> {
  const file = join(options.directory, 'port')
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  try {
    const port = await listen(server, last).catch(() => listen(server, 0))
    if (port !== last) writePrivateFile(file, `${port}\n`)
    return port
  } catch (cause) {
    throw ClusterErrors.LISTEN_FAILED({ name: options.name, reason: messageOf(cause) }, { cause })
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port }, () => {
      server.removeListener('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
