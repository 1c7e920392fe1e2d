import { CliErrors } from '../../errors.ts'
import { text } from '../../flags/flag.ts'
import type { Io } from '../../io.ts'
import { ask } from '../../output/ask.ts'
import { type Address, isLoopback, readAddress } from '../../server/address.ts'
import { type ConnectionValues, openClient, trust } from '../../server/connect.ts'
import { connectionFlags } from '../../server/connection-flags.ts'
import { contextFilePath, readContexts, withContext, writeContexts } from '../../server/context-file.ts'
import { environmentFlags } from '../../server/environment-flags.ts'
import { ServerErrors } from '../../server/errors.ts'
import { networkReason } from '../../server/server-fetch.ts'
import { defineCommand } from '../command.ts'

const command = defineCommand({
  operands: 'SERVER',
  count: [0, 1],
  exits: { failure: 20 },
  flags: {
    ...connectionFlags,
    name: text('name of the context; the address unless told', { placeholder: 'NAME' }),
    username: text('account to log in with', { placeholder: 'NAME' }),
    password: text('its password', { placeholder: 'PASSWORD' }),
  },
  async run({ flags, operands: [given = flags.server], io }) {
    if (given === '') throw CliErrors.USAGE({ message: 'say which SERVER to log in to' })
    await trust({ insecure: flags.insecure, certificates: flags['server-crt'] }, io)
    const address = await testAddress(given, flags)
    const username = flags.username || (await ask(io, 'Username', { flag: '--username' }))
    const password = flags.password || (await ask(io, 'Password', { flag: '--password', hidden: true }))
    const { client } = openClient(address, { token: '', headers: flags.header })
    const { token } = await client.call('login', { body: { username, password } })
    const name = flags.name || address.name
    remember({ path: contextFilePath(io, flags.config), name, address, token, insecure: flags.insecure })
    io.out(`'${username}' logged in successfully\nContext '${name}' updated\n`)
    return 0
  },
})

/** `driftless login SERVER`. */
export const login = {
  ...command,
  run: (args: readonly string[], io: Io) => command.run([...environmentFlags(io.env), ...args], io),
}

/** Finds out whether the server speaks TLS; on this machine, plain text is taken without asking. */
async function testAddress(given: string, flags: ConnectionValues): Promise<Address> {
  const options = { plaintext: flags.plaintext, rootPath: flags['grpc-web-root-path'] }
  const address = readAddress(given, options)
  try {
    await fetch(`${address.url}/api/version`, { signal: AbortSignal.timeout(30_000) })
    return address
  } catch (cause) {
    if (address.plaintext || !isPlainAnswer(cause)) {
      const remedy = isCertificateProblem(cause) ? '; say --insecure to go on, or --server-crt to trust it' : ''
      throw ServerErrors.UNREACHABLE({ url: address.url, reason: networkReason(cause) + remedy }, { cause })
    }
    if (!isLoopback(address)) throw ServerErrors.NOT_TLS({ address: given }, { cause })
    return readAddress(given, { ...options, plaintext: true })
  }
}

function codeOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}

/** What OpenSSL says when the other side answers in plain text. */
function isPlainAnswer(thrown: unknown): boolean {
  return ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'EPROTO'].includes(codeOf(thrown))
}

function isCertificateProblem(thrown: unknown): boolean {
  return /CERT|SIGNATURE|ALTNAME/.test(codeOf(thrown))
}

function remember(entry: { path: string; name: string; address: Address; token: string; insecure: boolean }): void {
  const { path, name, address, token, insecure } = entry
  const server = {
    server: address.name,
    ...(insecure && { insecure }),
    ...(address.plaintext && { 'plain-text': true }),
  }
  writeContexts(path, withContext(readContexts(path), { name, server, token }))
}
