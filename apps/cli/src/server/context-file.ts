import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { messageOf } from '@driftless/foundation'
import { parseYaml, printYaml } from '@driftless/kube-objects'
import { z } from 'zod'
import type { Io } from '../io.ts'
import { ServerErrors } from './errors.ts'

const contextFile = z.object({
  'current-context': z.string().default(''),
  contexts: z.array(z.object({ name: z.string(), server: z.string(), user: z.string() })).default([]),
  servers: z
    .array(
      z.object({
        server: z.string(),
        insecure: z.boolean().optional(),
        'plain-text': z.boolean().optional(),
        'grpc-web-root-path': z.string().optional(),
      }),
    )
    .default([]),
  users: z.array(z.object({ name: z.string(), 'auth-token': z.string().optional() })).default([]),
})

/** Contexts, servers and users, in the form of Argo CD's own file. */
export type ContextFile = z.infer<typeof contextFile>

/** Where contexts are kept. */
export function contextFilePath(io: Io, given: string): string {
  if (given !== '') return resolve(io.directory, given)
  const { DRIFTLESS_CONFIG_DIR, XDG_CONFIG_HOME, HOME } = io.env
  if (DRIFTLESS_CONFIG_DIR) return join(DRIFTLESS_CONFIG_DIR, 'config')
  return join(XDG_CONFIG_HOME || join(HOME || homedir(), '.config'), 'driftless', 'config')
}

/** Reads the file; empty when there is none. Throws `SERVER_CONFIG_MODE` when others may read it. */
export function readContexts(path: string): ContextFile {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return contextFile.parse({})
  const mode = stats.mode & 0o777
  if (process.platform !== 'win32' && mode !== 0o600 && mode !== 0o400)
    throw ServerErrors.CONFIG_MODE({ path, mode: mode.toString(8).padStart(4, '0') })
  try {
    return contextFile.parse(parseYaml(readFileSync(path, 'utf8')) ?? {})
  } catch (cause) {
    throw ServerErrors.CONFIG_INVALID({ path, reason: messageOf(cause) }, { cause })
  }
}

/** Replaces the file in one step, readable by its owner alone; without contexts it goes. */
export function writeContexts(path: string, content: ContextFile): void {
  if (content.contexts.length === 0) {
    rmSync(path, { force: true })
    return
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, printYaml(content), { mode: 0o600 })
  renameSync(draft, path)
}

/** The server and user of a context. */
export function findContext(content: ContextFile, name: string) {
  const context = content.contexts.find((entry) => entry.name === name)
  if (context === undefined) throw ServerErrors.NO_CONTEXT({ name })
  const server = content.servers.find((entry) => entry.server === context.server)
  const user = content.users.find((entry) => entry.name === context.user)
  return { context, server, user }
}

/** Adds or replaces a context with its server and user, and makes it the current one. */
export function withContext(
  content: ContextFile,
  entry: { name: string; server: ContextFile['servers'][number]; token: string },
): ContextFile {
  const { name, server, token } = entry
  return {
    'current-context': name,
    contexts: [...content.contexts.filter((other) => other.name !== name), { name, server: server.server, user: name }],
    servers: [...content.servers.filter((other) => other.server !== server.server), server],
    users: [...content.users.filter((other) => other.name !== name), { name, 'auth-token': token }],
  }
}

/** Removes a context, and the server and user that no other context has. */
export function withoutContext(content: ContextFile, name: string): ContextFile {
  const { context } = findContext(content, name)
  const contexts = content.contexts.filter((other) => other !== context)
  return {
    'current-context': content['current-context'] === name ? '' : content['current-context'],
    contexts,
    servers: content.servers.filter(({ server }) => contexts.some((other) => other.server === server)),
    users: content.users.filter((user) => contexts.some((other) => other.user === user.name)),
  }
}

/** Replaces the token of a context's user; `''` removes it. */
export function withToken(content: ContextFile, name: string, token: string): ContextFile {
  const { context } = findContext(content, name)
  const users = content.users.filter((user) => user.name !== context.user)
  return { ...content, users: [...users, { name: context.user, ...(token !== '' && { 'auth-token': token }) }] }
}
