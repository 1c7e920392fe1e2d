import type { RepositoryInput } from '@driftless/model'
import { readTextFrom } from '../../files/read-text.ts'
import { choice, type FlagValues, text, toggle } from '../../flags/flag.ts'
import type { Io } from '../../io.ts'
import { ask } from '../../output/ask.ts'
import { defineServerCommand } from '../../server/define-server-command.ts'

const repositoryFlags = {
  type: choice('what it is', { words: ['git', 'helm', 'oci'], initial: 'git' }),
  name: text('name; Helm repositories need one', { placeholder: 'NAME' }),
  project: text('the one project that may use it', { placeholder: 'PROJECT' }),
  username: text('user name', { placeholder: 'NAME' }),
  password: text('password or token', { placeholder: 'PASSWORD' }),
  'bearer-token': text('bearer token', { placeholder: 'TOKEN' }),
  'ssh-private-key-path': text('file of the private key', { placeholder: 'FILE' }),
  'tls-client-cert-path': text('file of the client certificate', { placeholder: 'FILE' }),
  'tls-client-cert-key-path': text('file of its key', { placeholder: 'FILE' }),
  'insecure-ignore-host-key': toggle('does not check the host key'),
  'insecure-skip-server-verification': toggle('does not check certificate or host key'),
  'enable-lfs': toggle('fetches large files'),
  'enable-oci': toggle('the Helm repository is an OCI registry'),
  'force-http-basic-auth': toggle('sends credentials without being asked'),
  proxy: text('proxy', { placeholder: 'URL' }),
  'no-proxy': text('hosts without the proxy', { placeholder: 'HOST,…' }),
  upsert: toggle('changes a repository that is there'),
}

/** `driftless repo add URL`; the connection is tested before anything is kept. */
export const repoAdd = defineServerCommand({
  operands: 'URL',
  count: [1, 1],
  flags: repositoryFlags,
  async run({ flags, operands: [repo = ''], server: { client }, io }) {
    const body = await readRepository(repo, flags, io)
    await client.call('validateRepository', { params: { repo }, body })
    await client.call('createRepository', { body, query: { upsert: flags.upsert } })
    io.out(`Repository '${repo}' added\n`)
    return 0
  },
})

async function readRepository(
  repo: string,
  flags: FlagValues<typeof repositoryFlags>,
  io: Io,
): Promise<RepositoryInput> {
  const { username, type, name, project, proxy } = flags
  const needsPassword = username !== '' && flags.password === ''
  const password = needsPassword ? await ask(io, 'Password', { flag: '--password', hidden: true }) : flags.password
  const files = {
    sshPrivateKey: await readOptional(flags['ssh-private-key-path'], io),
    tlsClientCertData: await readOptional(flags['tls-client-cert-path'], io),
    tlsClientCertKey: await readOptional(flags['tls-client-cert-key-path'], io),
  }
  return {
    repo,
    type,
    ...(name && { name }),
    ...(project && { project }),
    ...(username && { username }),
    ...(password && { password }),
    ...(flags['bearer-token'] && { bearerToken: flags['bearer-token'] }),
    ...files,
    ...(flags['insecure-skip-server-verification'] && { insecure: true }),
    ...(flags['insecure-ignore-host-key'] && { insecureIgnoreHostKey: true }),
    ...(flags['enable-lfs'] && { enableLfs: true }),
    ...(flags['enable-oci'] && { enableOCI: true }),
    ...(flags['force-http-basic-auth'] && { forceHttpBasicAuth: true }),
    ...(proxy && { proxy }),
    ...(flags['no-proxy'] && { noProxy: flags['no-proxy'] }),
  }
}

async function readOptional(path: string, io: Io): Promise<string | undefined> {
  return path === '' ? undefined : readTextFrom(path, io)
}
