import { spawn } from 'node:child_process'

/** A commit to write: the whole content of the branch after it. */
export interface DemoCommit {
  readonly message: string
  /** RFC 3339. */
  readonly date: string
  readonly files: Readonly<Record<string, string>>
}

const author = 'Driftless Demo <demo@driftless.invalid>'

/** True when the `git` program can be run. */
export async function hasNativeGit(): Promise<boolean> {
  return run(['--version'], '').then(
    () => true,
    () => false,
  )
}

/** Makes a bare repository with commits on `main` and answers their SHAs, oldest first. */
export async function createBareRepository(directory: string, commits: readonly DemoCommit[]): Promise<string[]> {
  await run(['init', '--quiet', '--bare', '--initial-branch=main', directory], '')
  await run(['--git-dir', directory, 'fast-import', '--quiet', '--force'], commits.map(importText).join(''))
  const log = await run(['--git-dir', directory, 'rev-list', '--reverse', 'main'], '')
  return log.trim().split('\n')
}

function importText(commit: DemoCommit, index: number): string {
  const seconds = Math.floor(new Date(commit.date).getTime() / 1000)
  const files = Object.entries(commit.files).map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`)
  return [
    `commit refs/heads/main\nmark :${index + 1}\n`,
    `author ${author} ${seconds} +0000\ncommitter ${author} ${seconds} +0000\n`,
    data(commit.message),
    index === 0 ? '' : `from :${index}\n`,
    'deleteall\n',
    ...files,
    '\n',
  ].join('')
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`
}

function run(args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const output: Buffer[] = []
    const problems: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => problems.push(chunk))
    child.stdin.on('error', () => undefined)
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString('utf8'))
      else reject(new Error(`git ${args[0] ?? ''} failed: ${Buffer.concat(problems).toString('utf8').trim()}`))
    })
    child.stdin.end(input)
  })
}
