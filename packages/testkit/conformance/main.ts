import { execFileSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { askEngines } from './engine-outcomes.ts'
import { findSubjects, type Subject, type Tool } from './find-subjects.ts'
import { judge, type Verdict } from './judge.ts'
import { askTool } from './tool-outcome.ts'

const usage = 'Usage: npm run conformance -- [--helm BIN] [--kustomize BIN] [--jsonnet BIN] DIR...'
const tools: readonly Tool[] = ['helm', 'kustomize', 'jsonnet']
const path = { type: 'string' } as const

const { values: binaries, positionals } = parseArgs({
  options: { helm: path, kustomize: path, jsonnet: path },
  allowPositionals: true,
})
const missing = positionals.filter((directory) => !existsSync(directory))
if (positionals.length === 0 || missing.length > 0) {
  console.error(missing.length > 0 ? `There is no directory ${missing.join(', ')}.` : usage)
  process.exit(2)
}
const present = tools.filter((tool) => canRun(tool, binaries[tool]))
const subjects = positionals
  .flatMap((directory) => findSubjects(realpathSync(directory)))
  .filter(({ tool }) => present.includes(tool))
const verdicts = await compareAll(subjects)
printTable(verdicts)
process.exitCode = verdicts.every(({ verdict }) => verdict === 'equal') ? 0 : 1

function canRun(tool: Tool, binary: string | undefined): boolean {
  if (binary === undefined) console.log(`${tool}: no binary given (--${tool} BIN), so it is not compared`)
  else if (!existsSync(binary)) console.log(`${tool}: there is no ${binary}, so it is not compared`)
  else return true
  return false
}

async function compareAll(all: readonly Subject[]): Promise<Verdict[]> {
  const engines = await askEngines(all, { helm: helmVersion() })
  const verdicts: Verdict[] = []
  for (const [index, subject] of all.entries()) {
    const ask = () => askTool(binaries[subject.tool] ?? '', subject)
    const actual = engines[index] ?? { ok: false, message: 'no answer' }
    const verdict = await judge(subject, { expected: await ask(), actual }, ask)
    verdicts.push(verdict)
    if (verdict.why !== undefined) printVerdict(subject, verdict)
  }
  return verdicts
}

/** Helm 3 and 4 differ; the binary says which it is. */
function helmVersion(): '3' | '4' {
  if (!present.includes('helm')) return '4'
  const version = execFileSync(binaries.helm ?? '', ['version', '--short'], { encoding: 'utf8' })
  return version.startsWith('v3') ? '3' : '4'
}

function printVerdict({ tool, path: at, flags }: Subject, { verdict, why, otherWords }: Verdict): void {
  const title = otherWords === true ? 'fails alike, other words' : verdict
  console.log(`${title}: ${[tool, at, ...flags].join(' ')}\n    ${why?.replaceAll('\n', '\n    ')}`)
}

function printTable(verdicts: readonly Verdict[]): void {
  const count = (tool: Tool, wanted: (verdict: Verdict) => boolean) =>
    verdicts.filter((verdict, index) => subjects[index]?.tool === tool && wanted(verdict)).length
  console.table(
    Object.fromEntries(
      present.map((tool) => [
        tool,
        {
          compared: count(tool, () => true),
          equal: count(tool, ({ verdict }) => verdict === 'equal'),
          different: count(tool, ({ verdict }) => verdict === 'different'),
          error: count(tool, ({ verdict }) => verdict === 'error'),
          'equal failures in other words': count(tool, ({ otherWords }) => otherWords === true),
        },
      ]),
    ),
  )
}
