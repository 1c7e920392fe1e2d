/** `npm run new package <name>`: creates a package room that looks like every other room. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { places } from '../floors.ts'
import { packageFiles } from './package-files.ts'

const root = join(import.meta.dirname, '../../../..')

async function main(args: readonly string[]): Promise<void> {
  const [what, name] = args
  if (what !== 'package' || name === undefined) throw new Error('usage: npm run new package <name>')
  const place = places[name]
  if (place === undefined) {
    throw new Error(
      `"${name}" has no place in the house: add it to packages/tooling/src/floors.ts and to packages/README.md first`,
    )
  }
  const directory = join(root, 'packages', name)
  if (existsSync(join(directory, 'package.json'))) throw new Error(`packages/${name} exists already`)
  for (const [path, text] of Object.entries(packageFiles(name, place))) {
    const file = join(directory, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text, { flag: 'wx' })
  }
  execFileSync('biome', ['check', '--write', directory], { cwd: root, stdio: 'ignore' })
  console.log(`packages/${name} is ready; run "npx -y pnpm@12.21.0 install" to link it`)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
