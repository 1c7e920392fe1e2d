// Writes testdata/expected from what a kustomize binary makes of testdata/cases.
// node scripts/expected.ts path/to/kustomize [--helm path/to/helm] [name…]
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Case, readCases, testdata } from './read-cases.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { helm: { type: 'string', default: 'helm' } },
})
const [binary, ...names] = positionals
if (binary === undefined) throw new Error('give the path of a kustomize binary')
const expected = join(testdata, 'expected')
mkdirSync(expected, { recursive: true })
for (const one of readCases()) {
  if (names.length > 0 && !names.some((name) => one.name.startsWith(name))) continue
  record(one)
}

function record({ name, files, target, flags }: Case): void {
  const root = mkdtempSync(join(tmpdir(), 'kustomize-case-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    const { status, stdout, stderr } = spawnSync(binary as string, ['build', ...withHelm(flags), join(root, target)], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    rmSync(join(expected, `${name}.yaml`), { force: true })
    rmSync(join(expected, `${name}.error`), { force: true })
    if (status === 0) writeFileSync(join(expected, `${name}.yaml`), stdout)
    else writeFileSync(join(expected, `${name}.error`), stderr.replaceAll(root, ''))
    console.log(`${status === 0 ? 'text ' : 'error'} ${name}`)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function withHelm(flags: readonly string[]): string[] {
  return flags.map((flag) => (flag === 'HELM' ? values.helm : flag))
}
