import { execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** One commit to write. */
export interface GitChange {
  readonly branch: string
  readonly message: string
  /** Path → content; `null` deletes the file or the directory. */
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>
  /** Path → text of a symbolic link. */
  readonly links?: Readonly<Record<string, string>>
  /** `Name <email>`. */
  readonly author?: string
  /** Seconds since 1970; now when absent. */
  readonly time?: number
}

/** A tag to write; an annotated one when it has a message. */
export interface GitTag {
  readonly name: string
  readonly sha: string
  readonly message?: string
}

const environment = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
}

/** Runs git in a bare repository (or anywhere, without one) and returns what it printed. */
export async function git(directory: string | undefined, ...args: string[]): Promise<string> {
  const place = directory === undefined ? [] : ['--git-dir', directory]
  const { stdout } = await execute('git', [...place, ...args], { env: environment, maxBuffer: 1 << 26 })
  return stdout.trim()
}

/** Creates an empty bare repository that hands out any commit by its SHA and accepts pushes. */
export async function initBareRepository(directory: string, branch: string): Promise<void> {
  await git(undefined, 'init', '--quiet', '--bare', `--initial-branch=${branch}`, directory)
  const settings = {
    'http.receivepack': 'true',
    'uploadpack.allowFilter': 'true',
    'uploadpack.allowAnySHA1InWant': 'true',
  }
  for (const [name, value] of Object.entries(settings)) await git(directory, 'config', name, value)
}

/** Writes a commit without a working tree and returns its SHA. */
export async function writeCommit(directory: string, change: GitChange): Promise<string> {
  const reference = `refs/heads/${change.branch}`
  const parent = await git(directory, 'rev-parse', '--quiet', '--verify', reference).catch(() => '')
  await fastImport(directory, commitStream(change, reference, parent))
  return git(directory, 'rev-parse', reference)
}

/** Writes a tag; annotated when it has a message. */
export async function writeTag(directory: string, tag: GitTag): Promise<void> {
  const annotation = tag.message === undefined ? [] : ['-a', '-m', tag.message]
  await git(directory, 'tag', '--force', ...annotation, tag.name, tag.sha)
}

function commitStream(change: GitChange, reference: string, parent: string): Buffer {
  const parts: Buffer[] = []
  const line = (text: string) => parts.push(Buffer.from(`${text}\n`))
  const data = (content: string | Uint8Array) => {
    const bytes = Buffer.from(content as Uint8Array)
    line(`data ${bytes.length}`)
    parts.push(bytes, Buffer.from('\n'))
  }
  const who = `${change.author ?? 'Test <test@example.com>'} ${change.time ?? Math.floor(Date.now() / 1000)} +0000`
  line(`commit ${reference}`)
  line(`author ${who}`)
  line(`committer ${who}`)
  data(change.message)
  if (parent !== '') line(`from ${parent}`)
  for (const [path, content] of Object.entries(change.files ?? {})) {
    if (content === null) line(`D ${quotePath(path)}`)
    else {
      line(`M 100644 inline ${quotePath(path)}`)
      data(content)
    }
  }
  for (const [path, target] of Object.entries(change.links ?? {})) {
    line(`M 120000 inline ${quotePath(path)}`)
    data(target)
  }
  line('done')
  return Buffer.concat(parts)
}

function quotePath(path: string): string {
  return JSON.stringify(path)
}

function fastImport(directory: string, stream: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = ['--git-dir', directory, 'fast-import', '--quiet', '--done', '--force']
    const child = spawn('git', args, { env: environment, stdio: ['pipe', 'ignore', 'pipe'] })
    let reason = ''
    child.stderr.on('data', (chunk: Buffer) => {
      reason += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`git fast-import: ${reason}`))))
    child.stdin.on('error', () => {})
    child.stdin.end(stream)
  })
}
