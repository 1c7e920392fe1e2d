import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A throw-away PostgreSQL server of this machine. */
export interface PostgresServer {
  /** URL of a new, empty database. */
  createDatabase(): Promise<string>
  stop(): Promise<void>
}

const installations = '/usr/lib/postgresql'

/** Folder of PostgreSQL's programs, the newest; undefined where it is not installed. */
export function findPostgres(): string | undefined {
  if (!existsSync(installations)) return undefined
  const [newest] = readdirSync(installations).sort((a, b) => Number(b) - Number(a))
  const bin = join(installations, newest ?? '', 'bin')
  return newest !== undefined && existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')) ? bin : undefined
}

/** Starts a server in a temporary folder; it refuses to run as root, so root runs it as the user `postgres`. */
export async function startPostgres(bin: string): Promise<PostgresServer> {
  const directory = mkdtempSync(join(tmpdir(), 'driftless-postgres-'))
  const data = join(directory, 'data')
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(directory, idOf('-u'), idOf('-g'))
  const command = (program: string, args: string[]): [string, string[]] =>
    isRoot ? ['runuser', ['-u', 'postgres', '--', join(bin, program), ...args]] : [join(bin, program), args]
  const run = (program: string, args: string[]): void => {
    const result = spawnSync(...command(program, args), { encoding: 'utf8', cwd: directory })
    if (result.status !== 0) throw new Error(`${program} failed: ${result.stderr}`)
  }
  run('initdb', ['-D', data, '-U', 'driftless', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'])
  const port = await freePort()
  const options = [
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${directory}`,
    '-c',
    'fsync=off',
  ]
  const server = spawn(...command('postgres', ['-D', data, ...options]), { stdio: 'ignore', cwd: directory })
  await ready(() => spawnSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).status === 0)
  let count = 0
  return {
    async createDatabase() {
      count++
      run('createdb', ['-h', '127.0.0.1', '-p', String(port), '-U', 'driftless', `test${count}`])
      return `postgresql://driftless@127.0.0.1:${port}/test${count}`
    },
    async stop() {
      const ended = new Promise((resolve) => server.once('close', resolve))
      run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop'])
      await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function idOf(flag: '-u' | '-g'): number {
  return Number.parseInt(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout, 10)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

async function ready(check: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (check()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('PostgreSQL did not become ready within ten seconds')
}
