import { readAddress } from '../../server/address.ts'
import { openClient } from '../../server/connect.ts'
import { connectionFlags } from '../../server/connection-flags.ts'
import { contextFilePath, findContext, readContexts, withToken, writeContexts } from '../../server/context-file.ts'
import { defineCommand } from '../command.ts'

/** `driftless logout CONTEXT`. */
export const logout = defineCommand({
  operands: '[CONTEXT]',
  count: [0, 1],
  exits: { failure: 20 },
  flags: connectionFlags,
  async run({ flags, operands, io }) {
    const path = contextFilePath(io, flags.config)
    const content = readContexts(path)
    const name = operands[0] ?? content['current-context']
    const { context, server, user } = findContext(content, name)
    const address = readAddress(context.server, { plaintext: server?.['plain-text'] === true })
    const { client } = openClient(address, { token: user?.['auth-token'] ?? '', headers: flags.header })
    // A server that is gone must not keep anybody logged in here.
    await client.call('logout', { signal: AbortSignal.timeout(10_000) }).catch(() => undefined)
    writeContexts(path, withToken(content, name, ''))
    io.out(`Logged out from '${name}'\n`)
    return 0
  },
})
