import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import type { RepositoryAccess } from '../driver.ts'
import { GitErrors } from '../errors.ts'
import type { GitCredentials } from '../remote.ts'
import type { RepositoryUrl } from '../repository-url.ts'

/** What a git process is given besides its arguments. */
export interface GitEnvironment extends AsyncDisposable {
  readonly variables: Readonly<Record<string, string>>
}

/** What every git process of one folder shares. */
export interface EnvironmentBase {
  /** An empty folder that stands for the home directory; key files are put under it while they are used. */
  readonly home: string
  readonly path: string
  /** Whether repositories may lie in local files. */
  readonly allowFile: boolean
  /** File of trusted SSH host keys. */
  readonly knownHosts?: string | undefined
  /** Further variables, such as a proxy for everything. */
  readonly extra?: Readonly<Record<string, string>> | undefined
}

type Settings = [name: string, value: string][]

/** Settings that keep a repository, the machine and the user from changing what git does. */
const fixedSettings: Settings = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.askPass', ''],
  ['credential.helper', ''],
  ['safe.directory', '*'],
  ['protocol.version', '2'],
  ['gc.auto', '0'],
  ['gc.packRefs', 'false'],
  ['maintenance.auto', 'false'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['transfer.bundleURI', 'false'],
  ['http.followRedirects', 'false'],
  ['core.quotePath', 'false'],
]

/** Variables for a process that reaches no network. */
export function localEnvironment(base: EnvironmentBase): Readonly<Record<string, string>> {
  return { ...fixedVariables(base), ...settingVariables(fixedSettings) }
}

/**
 * Variables for a process that talks to a repository. Credentials travel in the environment and in files that only we can read,
 * never in arguments; a user name and password are given only to the repository's own origin. Dispose it after the process.
 */
export async function remoteEnvironment(base: EnvironmentBase, access: RepositoryAccess): Promise<GitEnvironment> {
  const { url, credentials } = access
  checkCredentials(url, credentials)
  const folder = await mkdtemp(join(base.home, 'call-'))
  const settings = [...fixedSettings]
  const variables: Record<string, string> = { ...fixedVariables(base) }
  try {
    const file = async (name: string, text: string): Promise<string> => {
      const path = join(folder, name)
      await writeFile(path, text.endsWith('\n') ? text : `${text}\n`, { mode: 0o600 })
      return path
    }
    addHttpAuthentication(settings, variables, { url, credentials })
    addAddresses(settings, access)
    await addTls(settings, credentials, file)
    if (url.transport === 'ssh') variables.GIT_SSH_COMMAND = await sshCommand(base, credentials, file)
    if (credentials.proxy) settings.push(['http.proxy', credentials.proxy])
    if (credentials.noProxy) variables.no_proxy = credentials.noProxy
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  return {
    variables: { ...variables, ...settingVariables(settings) },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The user name and password to use, those in the URL when the credentials have none. */
export function basicCredentials(
  url: RepositoryUrl,
  credentials: GitCredentials,
): { username: string; password: string } | undefined {
  const username = credentials.username || url.username
  const password = credentials.password || url.password
  return username === '' && password === '' ? undefined : { username: username || 'git', password }
}

function fixedVariables(base: EnvironmentBase): Record<string, string> {
  return {
    ...base.extra,
    PATH: base.path,
    HOME: base.home,
    XDG_CONFIG_HOME: base.home,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_ALLOW_PROTOCOL: base.allowFile ? 'http:https:ssh:file' : 'http:https:ssh',
    GIT_LFS_SKIP_SMUDGE: '1',
  }
}

function settingVariables(settings: Settings): Record<string, string> {
  const variables: Record<string, string> = { GIT_CONFIG_COUNT: String(settings.length) }
  for (const [index, [name, value]] of settings.entries()) {
    variables[`GIT_CONFIG_KEY_${index}`] = name
    variables[`GIT_CONFIG_VALUE_${index}`] = value
  }
  return variables
}

/** Answers git's question for credentials from two variables. */
const helper = `!f() { test "$1" = get && printf 'username=%s\\npassword=%s\\n' "$DRIFTLESS_USERNAME" "$DRIFTLESS_PASSWORD"; }; f`

function addHttpAuthentication(
  settings: Settings,
  variables: Record<string, string>,
  from: { url: RepositoryUrl; credentials: GitCredentials },
): void {
  const { url, credentials } = from
  if (url.transport !== 'http' && url.transport !== 'https') return
  const basic = basicCredentials(url, credentials)
  const header = credentials.bearerToken
    ? `Bearer ${credentials.bearerToken}`
    : credentials.forceHttpBasicAuth === true && basic !== undefined
      ? `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}`
      : undefined
  if (header !== undefined) {
    settings.push(['http.extraHeader', `Authorization: ${header}`])
    return
  }
  if (basic === undefined) return
  settings.push([`credential.${url.origin}.helper`, helper])
  variables.DRIFTLESS_USERNAME = basic.username
  variables.DRIFTLESS_PASSWORD = basic.password
}

/** Fixes where libcurl finds the host. */
function addAddresses(settings: Settings, { url, addresses = [] }: RepositoryAccess): void {
  const host = new URL(url.transport === 'http' || url.transport === 'https' ? url.url : 'http://127.0.0.1')
  if (addresses.length === 0 || isIP(url.host.replace(/^\[|\]$/g, '')) > 0 || host.hostname !== url.host) return
  const port = host.port || (url.transport === 'https' ? '443' : '80')
  const literals = addresses.map((address) => (isIP(address) === 6 ? `[${address}]` : address))
  settings.push(['http.curloptResolve', `${url.host}:${port}:${literals.join(',')}`])
}

type WriteFile = (name: string, text: string) => Promise<string>

async function addTls(settings: Settings, credentials: GitCredentials, file: WriteFile): Promise<void> {
  if (credentials.insecure === true) settings.push(['http.sslVerify', 'false'])
  if (credentials.caData) settings.push(['http.sslCAInfo', await file('ca.pem', credentials.caData)])
  if (credentials.tlsClientCertData)
    settings.push(['http.sslCert', await file('client.pem', credentials.tlsClientCertData)])
  if (credentials.tlsClientCertKey)
    settings.push(['http.sslKey', await file('client.key', credentials.tlsClientCertKey)])
}

async function sshCommand(base: EnvironmentBase, credentials: GitCredentials, file: WriteFile): Promise<string> {
  const isTrusting = credentials.insecureIgnoreHostKey === true || credentials.insecure === true
  const options = [
    'BatchMode=yes',
    'ConnectTimeout=15',
    'IdentitiesOnly=yes',
    'ForwardAgent=no',
    `StrictHostKeyChecking=${isTrusting ? 'no' : 'yes'}`,
    `UserKnownHostsFile=${isTrusting ? '/dev/null' : (base.knownHosts ?? '/dev/null')}`,
    'GlobalKnownHostsFile=/dev/null',
  ]
  const key = credentials.sshPrivateKey ? ['-i', quote(await file('identity', credentials.sshPrivateKey))] : []
  return ['ssh', '-F', '/dev/null', ...options.flatMap((option) => ['-o', quote(option)]), ...key].join(' ')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function checkCredentials(url: RepositoryUrl, credentials: GitCredentials): void {
  const singleLine = {
    username: credentials.username,
    password: credentials.password,
    bearerToken: credentials.bearerToken,
    proxy: credentials.proxy,
    noProxy: credentials.noProxy,
  }
  for (const [name, value] of Object.entries(singleLine)) {
    if (value !== undefined && /[\r\n\0]/.test(value)) {
      throw GitErrors.CREDENTIALS_REFUSED({ url: url.url, reason: `${name} contains a line break` })
    }
  }
  if (credentials.proxy && !/^(?:https?|socks5h?):\/\//.test(credentials.proxy)) {
    throw GitErrors.CREDENTIALS_REFUSED({ url: url.url, reason: 'the proxy must be an http, https or socks5 URL' })
  }
}
