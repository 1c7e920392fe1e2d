import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Our command, as users start it. */
export const driftless: readonly string[] = [
  process.execPath,
  join(import.meta.dirname, '../../../apps/cli/bin/driftless.cjs'),
]

/** Runs a command and gives what it prints. Throws when it fails. */
export function run([program = '', ...first]: readonly string[], args: readonly string[]): string {
  const done = spawnSync(program, [...first, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 })
  if (done.status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${done.stderr || done.error?.message}`)
  return done.stdout
}

/** Times some work, in milliseconds. */
export async function timeOf(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** The middle of some times. */
export function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Times two commands in turns, A-B-B-A, so that what else the machine does meets both; the second may be absent. */
export async function timeInTurns(
  rounds: number,
  a: () => unknown,
  b: (() => unknown) | undefined,
): Promise<{ a: number; b: number | undefined }> {
  const times: { a: number[]; b: number[] } = { a: [], b: [] }
  for (let round = 0; round < rounds; round += 1) {
    times.a.push(await timeOf(a))
    if (b !== undefined) times.b.push(await timeOf(b), await timeOf(b))
    times.a.push(await timeOf(a))
  }
  return { a: median(times.a), b: b === undefined ? undefined : median(times.b) }
}
