import { redactUrls } from '@driftless/foundation'
import { GitErrors } from './errors.ts'

/** How a repository is reached. */
export type GitTransport = 'http' | 'https' | 'ssh' | 'file'

/** A repository URL taken apart. */
export interface RepositoryUrl {
  readonly transport: GitTransport
  /** The URL to give to git: no password, and no user name but over SSH. */
  readonly url: string
  /** `scheme://host[:port]`, for credentials; `''` for files. */
  readonly origin: string
  /** Host name in lower case; `''` for files. */
  readonly host: string
  /** User information that was written in the URL. */
  readonly username: string
  readonly password: string
}

const longestUrl = 2048
const transports: Readonly<Record<string, GitTransport>> = {
  'http:': 'http',
  'https:': 'https',
  'ssh:': 'ssh',
  'file:': 'file',
}

/** Reads a repository URL. Throws `GIT_URL_REFUSED` for control characters, options in disguise and transports that run commands. */
export function parseRepositoryUrl(text: string, options: { readonly allowFile?: boolean } = {}): RepositoryUrl {
  const refuse = (reason: string) => GitErrors.URL_REFUSED({ url: printable(text), reason })
  if (text === '') throw refuse('it is empty')
  if (text.length > longestUrl) throw refuse(`it is longer than ${longestUrl} characters`)
  if (hasControlCharacter(text)) throw refuse('it contains a control character, a space or a backslash')
  if (text.startsWith('-')) throw refuse('it begins with -')
  if (/^[a-z0-9+.-]+::/i.test(text)) throw refuse('remote helpers (name::address) are not allowed; use https or ssh')
  const url = toUrl(text)
  const transport = url === undefined ? undefined : transports[url.protocol]
  if (url === undefined || transport === undefined)
    throw refuse('use https://host/path, http://host/path, ssh://user@host/path or user@host:path')
  if (transport === 'file') {
    if (options.allowFile !== true || url.host !== '') throw refuse('repositories in files are not allowed here')
    return { transport, url: text, origin: '', host: '', username: '', password: '' }
  }
  return withoutUser(url, transport, { text, refuse })
}

/**
 * The form of a repository URL that two spellings of one repository share: lower case, no user, no `.git`, no trailing `/`,
 * and `user@host:path` as `ssh://host/path`. Throws `GIT_URL_REFUSED` like {@link parseRepositoryUrl}.
 */
export function normalizeRepositoryUrl(url: string): string {
  const parsed = parseRepositoryUrl(url, { allowFile: true })
  const bare = new URL(
    parsed.url.startsWith('ssh:') || /^[a-z]+:\/\//i.test(parsed.url) ? parsed.url : toSshUrl(parsed.url),
  )
  const path = bare.pathname
    .toLowerCase()
    .replace(/\/+/g, '/')
    .replace(/\/$/, '')
    .replace(/\.git$/, '')
  return `${bare.protocol}//${bare.host.toLowerCase()}${path}`
}

function withoutUser(
  url: URL,
  transport: GitTransport,
  from: { text: string; refuse: (reason: string) => Error },
): RepositoryUrl {
  const host = url.hostname.toLowerCase()
  if (host === '' || host.startsWith('-')) throw from.refuse('it has no usable host')
  if (url.username.startsWith('-')) throw from.refuse('its user begins with -')
  if (url.pathname.replace(/\/+/g, '') === '') throw from.refuse('it has no path')
  if (url.pathname.startsWith('/-')) throw from.refuse('its path begins with -')
  const username = decode(url.username, from.refuse)
  const password = decode(url.password, from.refuse)
  const clean = new URL(url.href)
  clean.password = ''
  clean.hash = ''
  if (transport !== 'ssh') clean.username = ''
  const isScp = !from.text.includes('://')
  return {
    transport,
    url: isScp ? from.text : clean.href,
    origin: `${url.protocol}//${url.host}`,
    host,
    username,
    password,
  }
}

function toUrl(text: string): URL | undefined {
  try {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return new URL(text)
    return /^[^@:/]+@[^@:/]+:[^:]/.test(text) ? new URL(toSshUrl(text)) : undefined
  } catch {
    return undefined
  }
}

/** `user@host:path` as a URL. */
function toSshUrl(scp: string): string {
  const colon = scp.indexOf(':')
  return `ssh://${scp.slice(0, colon)}/${scp.slice(colon + 1).replace(/^\//, '')}`
}

function decode(text: string, refuse: (reason: string) => Error): string {
  let plain: string
  try {
    plain = decodeURIComponent(text)
  } catch {
    throw refuse('its user information is badly encoded')
  }
  if (/[\r\n\0]/.test(plain)) throw refuse('its user information contains a line break')
  return plain
}

function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code <= 0x20 || code === 0x7f || character === '\\') return true
  }
  return false
}

/** A text that may be shown: no credentials, no control characters, not too long. */
function printable(text: string): string {
  return redactUrls(JSON.stringify(text.slice(0, 200)).slice(1, -1))
}
