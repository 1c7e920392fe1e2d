// Records what the jsonnet command answers for the snippets and the tree beside this file:
// `node record.ts PATH-OF-JSONNET`. The recorded tool is go-jsonnet.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const tool = process.argv[2]
if (tool === undefined) throw new Error('name the jsonnet command')
const here = import.meta.dirname

function answer(args: string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(tool as string, args, { cwd, encoding: 'utf8' })
  return (status === 0 ? stdout : stderr).trimEnd()
}

const snippets = join(here, 'snippets')
for (const name of readdirSync(snippets).filter((file) => /^[a-z]+\.txt$/.test(file))) {
  const programs = readFileSync(join(snippets, name), 'utf8').trimEnd().split('\n----\n')
  const answers = programs.map((program) => answer(['-e', '--', program], snippets))
  writeFileSync(join(snippets, name.replace('.txt', '.expected.txt')), `${answers.join('\n----\n')}\n`)
}

const tree = join(here, 'tree')
const runs: Record<string, string[]> = {
  'app/main.jsonnet': [],
  'app/libraries.jsonnet': ['-J', 'vendor', '-J', 'lib'],
  'app/missing.jsonnet': [],
  'app/imports-broken.jsonnet': [],
  'app/cycle.jsonnet': [],
  'app/imports-failing.jsonnet': [],
  'app/directory.jsonnet': [],
  'app/arguments.jsonnet': ['-V', 'env=prod', '--ext-code', 'list=[1,2]', '-A', 'name=web', '--tla-code', 'extra={a: 1}'],
}
const recorded = Object.fromEntries(
  Object.entries(runs).map(([file, args]) => [file, answer([...args, file], tree)]),
)
writeFileSync(join(here, 'tree.expected.json'), `${JSON.stringify(recorded, null, 2)}\n`)
