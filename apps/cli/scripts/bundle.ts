/**
 * Bundles the command so that it starts as fast as a native one: a hundred and more source files become a few.
 * Does nothing while the last bundle is fresh. A failure is told and is none: the command runs from its sources then.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** A source of the bundle: path from the root of the repository, time of its last change, size. */
type Input = readonly [path: string, changed: number, size: number]

const root = join(import.meta.dirname, '../../..')
const home = join(import.meta.dirname, '../node_modules/.cache/bundle')
const current = join(home, 'current.json')

function describe(path: string): Input {
  const { mtimeMs, size } = statSync(path)
  return [relative(root, path), mtimeMs, size]
}

function isFresh(): boolean {
  if (!existsSync(current)) return false
  const { inputs } = JSON.parse(readFileSync(current, 'utf8')) as { inputs: readonly Input[] }
  return inputs.every(([path, changed, size]) => {
    const stats = statSync(join(root, path), { throwIfNoEntry: false })
    return stats !== undefined && stats.mtimeMs === changed && stats.size === size
  })
}

async function writeBundle(): Promise<void> {
  const { rolldown } = await import('rolldown')
  const bundle = await rolldown({ input: join(root, 'apps/cli/src/main.ts'), platform: 'node', logLevel: 'silent' })
  const { output } = await bundle.generate({
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
  })
  const chunks = output.filter((item) => item.type === 'chunk')
  const sources = chunks.flatMap(({ moduleIds }) => moduleIds).filter((id) => existsSync(id))
  const own = sources.filter((id) => !id.includes('/node_modules/'))
  // What comes from the registry changes with the lockfile only.
  const inputs = [...new Set(own), join(root, 'pnpm-lock.yaml')].map(describe)
  const hash = createHash('sha256')
  for (const { code } of chunks) hash.update(code)
  const name = hash.digest('hex').slice(0, 16)
  await bundle.write({
    dir: join(home, name),
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
  })
  await bundle.close()
  replaceCurrent({ main: `${name}/main.cjs`, inputs }, name)
}

/** Changes the pointer in one step: commands that start meanwhile see the old bundle or the new one. */
function replaceCurrent(content: { main: string; inputs: readonly Input[] }, name: string): void {
  const before = existsSync(current) ? (JSON.parse(readFileSync(current, 'utf8')) as { main: string }).main : ''
  const draft = `${current}.${process.pid}`
  writeFileSync(draft, JSON.stringify(content))
  renameSync(draft, current)
  for (const entry of readdirSync(home, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== name && !before.startsWith(`${entry.name}/`))
      rmSync(join(home, entry.name), { recursive: true, force: true })
  }
}

try {
  if (!isFresh()) await writeBundle()
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  console.error(`The driftless command runs from its sources, because it cannot be bundled: ${reason}`)
}
