import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Subject } from './find-subjects.ts'
import type { Outcome } from './outcome.ts'

const program = join(import.meta.dirname, '../../../apps/cli/bin/driftless.cjs')

/** Settings that the real tool at hand decides. */
export interface EngineOptions {
  readonly helm: '3' | '4'
}

/** Renders every subject with our engines, in one process: the command users have, through `driftless admin batch`. */
export async function askEngines(subjects: readonly Subject[], options: EngineOptions): Promise<Outcome[]> {
  const child = spawn(process.execPath, [program, 'admin', 'batch'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const requests = subjects.map((subject, id) => JSON.stringify({ id, ...requestOf(subject, options) }))
  child.stdin.end(requests.map((line) => `${line}\n`).join(''))
  const outcomes: Outcome[] = []
  for await (const line of createInterface({ input: child.stdout })) outcomes.push(outcomeOf(line))
  const lost: Outcome = { ok: false, message: 'the engine ended without an answer' }
  return subjects.map((_, index) => outcomes[index] ?? lost)
}

function requestOf({ tool, path, flags }: Subject, { helm }: EngineOptions): Record<string, unknown> {
  if (tool === 'kustomize') return { op: 'kustomize.build', dir: path }
  if (tool === 'jsonnet') return { op: 'jsonnet', file: path }
  return { op: 'helm.template', chart: path, name: 'release', namespace: 'space', args: flags, helm }
}

interface Answer {
  readonly ok: boolean
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

function outcomeOf(line: string): Outcome {
  const { ok, result, error } = JSON.parse(line) as Answer
  if (!ok) return { ok: false, message: error?.message ?? 'no message' }
  if (typeof result === 'string') return { ok: true, text: result }
  const isRelease = typeof result === 'object' && result !== null && 'documents' in result && 'text' in result
  return { ok: true, text: isRelease ? String(result.text) : JSON.stringify(result) }
}
