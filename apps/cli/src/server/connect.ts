import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Client, createClient } from '@driftless/contract'
import type { FlagValues } from '../flags/flag.ts'
import type { Io } from '../io.ts'
import { type Address, readAddress } from './address.ts'
import type { connectionFlags } from './connection-flags.ts'
import { type ContextFile, contextFilePath, findContext, readContexts } from './context-file.ts'
import { ServerErrors } from './errors.ts'
import { createFetch } from './server-fetch.ts'

export type ConnectionValues = FlagValues<typeof connectionFlags>

/** A server that a command talks to. */
export interface Connection {
  readonly client: Client
  readonly address: Address
  /** `''` when nobody is logged in. */
  readonly token: string
  /** The context that the server was found by. */
  readonly context: string | undefined
}

/** Finds server and token: flags, then the environment, then the file of contexts. A token of the file goes to its own server alone. */
export async function connect(flags: ConnectionValues, io: Io): Promise<Connection> {
  const content = readContexts(contextFilePath(io, flags.config))
  const kept = keptContext(content, flags['argocd-context'])
  const given = flags.server || io.env.ARGOCD_SERVER || io.env.DRIFTLESS_SERVER || ''
  const stored = kept?.server
  const text = given || stored?.server
  if (text === undefined) throw ServerErrors.UNSPECIFIED({})
  const rootPath = given === '' ? '' : flags['grpc-web-root-path']
  const address = readAddress(text, { plaintext: flags.plaintext || usesPlaintext(content, text), rootPath })
  const isKept = kept !== undefined && stored?.server === address.name
  const token =
    flags['auth-token'] ||
    io.env.ARGOCD_AUTH_TOKEN ||
    io.env.DRIFTLESS_AUTH_TOKEN ||
    (isKept ? (kept.user?.['auth-token'] ?? '') : '')
  await trust(
    { insecure: flags.insecure || (isKept && stored?.insecure === true), certificates: flags['server-crt'] },
    io,
  )
  return { ...openClient(address, { token, headers: flags.header }), context: isKept ? kept.context.name : undefined }
}

/** A client for an address, with what every request carries. */
export function openClient(
  address: Address,
  options: { token: string; headers: readonly string[] },
): Omit<Connection, 'context'> {
  const { token, headers } = options
  const client = createClient({
    baseUrl: address.url,
    fetch: createFetch(address.url, headers),
    ...(token !== '' && { token }),
  })
  return { client, address, token }
}

/** Says which certificates are believed. */
export async function trust(options: { insecure: boolean; certificates: string }, io: Io): Promise<void> {
  // The process talks to one server, so what holds for all its connections holds for that one.
  if (options.insecure) process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  if (options.certificates === '') return
  const { getCACertificates, setDefaultCACertificates } = await import('node:tls')
  const more = readFileSync(resolve(io.directory, options.certificates), 'utf8')
  setDefaultCACertificates([...getCACertificates('default'), more])
}

function keptContext(content: ContextFile, chosen: string) {
  const name = chosen || content['current-context']
  return name === '' ? undefined : findContext(content, name)
}

function usesPlaintext(content: ContextFile, server: string): boolean {
  return content.servers.find((entry) => entry.server === server)?.['plain-text'] === true
}
