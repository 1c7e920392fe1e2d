import { type ChildProcess, spawn } from 'node:child_process'
import type { Clock } from '@driftless/foundation'

/** One run of the git program. */
export interface GitRun {
  readonly arguments: readonly string[]
  /** Whether it talks to a server; such runs wait for others of their sort only, so that a dead server delays no reading. */
  readonly isRemote?: boolean
  readonly environment: Readonly<Record<string, string>>
  readonly input?: string | Uint8Array
  readonly timeoutSeconds: number
  /** More output than this stops the program. */
  readonly maxOutputBytes: number
}

/** How a run ended. */
export type GitOutcome =
  | { readonly kind: 'exit'; readonly code: number; readonly output: Buffer; readonly errors: string }
  | { readonly kind: 'timeout' | 'too-large' | 'absent' }

const maxErrorBytes = 64 * 1024

/** Runs git, a few at a time. */
export interface GitProcesses {
  run(run: GitRun): Promise<GitOutcome>
  /** Stops every run. */
  close(): void
}

const mostLocal = 8
const mostRemote = 24

/** Creates the place where git runs: without a shell, in process groups of their own, so that helpers die with them. */
export function createGitProcesses(binary: string, clock: Clock): GitProcesses {
  const children = new Set<ChildProcess>()
  const local = createGate(mostLocal)
  const remote = createGate(mostRemote)
  return {
    run: (run) => (run.isRemote === true ? remote : local)(() => runGit(run, { binary, clock, children })),
    close() {
      for (const child of children) killGroup(child)
    },
  }
}

/** Lets a number of pieces of work happen at once; the others wait in order. */
function createGate(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let busy = 0
  return async (work) => {
    if (busy >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else busy += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) busy -= 1
      else next()
    }
  }
}

function runGit(
  run: GitRun,
  place: { binary: string; clock: Clock; children: Set<ChildProcess> },
): Promise<GitOutcome> {
  return new Promise((resolve) => {
    const child = spawn(place.binary, run.arguments, {
      env: run.environment,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    place.children.add(child)
    const output: Buffer[] = []
    let size = 0
    let errors = ''
    let verdict: GitOutcome | undefined
    const stop = (kind: 'timeout' | 'too-large') => {
      verdict ??= { kind }
      killGroup(child)
    }
    const cancelTimer = place.clock.after(run.timeoutSeconds * 1000, () => stop('timeout'))
    const end = (outcome: GitOutcome) => {
      cancelTimer()
      place.children.delete(child)
      resolve(outcome)
    }
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > run.maxOutputBytes) stop('too-large')
      else output.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      if (errors.length < maxErrorBytes) errors += chunk.toString()
    })
    child.on('error', () => end({ kind: 'absent' }))
    child.on('close', (code) =>
      end(verdict ?? { kind: 'exit', code: code ?? -1, output: Buffer.concat(output), errors }),
    )
    child.stdin.on('error', () => {})
    child.stdin.end(run.input)
  })
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}
