import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../../..')
/** Folder of the console's sources. */
export const consoleDirectory = join(root, 'apps/web')

const stamp = join(consoleDirectory, '.next/.driftless-build')
const sources = [
  'apps/web/src',
  'apps/web/public',
  'apps/web/package.json',
  'apps/web/next.config.ts',
  'apps/web/next.config.mjs',
  'apps/web/postcss.config.mjs',
  ...['ui', 'contract', 'model', 'resource-tree', 'foundation', 'kube-objects'].map((name) => `packages/${name}/src`),
  'pnpm-lock.yaml',
]

/** Builds the console when its sources changed since the last build. Throws what the build said when it fails. */
export async function buildConsole(log: (message: string) => void): Promise<void> {
  const fingerprint = fingerprintOf(sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return
  log('Building the console ...')
  await runBuild()
  writeFileSync(stamp, fingerprint)
}

function runBuild(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(consoleDirectory, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: consoleDirectory,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`the console cannot be built:\n${Buffer.concat(output).toString('utf8').slice(-4000)}`))
    })
  })
}

/** A hash of the names and contents of files, in the order of their names. */
function fingerprintOf(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths) addTo(hash, join(root, path))
  return hash.digest('hex')
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  if (!existsSync(path)) return
  const entries = readEntries(path)
  if (entries === undefined) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  else for (const entry of entries) addTo(hash, join(path, entry))
}

function readEntries(path: string): string[] | undefined {
  try {
    return readdirSync(path).sort()
  } catch {
    return undefined
  }
}
