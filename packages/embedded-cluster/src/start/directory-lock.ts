import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ClusterErrors } from '../errors.ts'

const held = new Set<string>()

/** Takes a cluster's directory for this process; a lock left by a process that is gone is taken over. */
export function lockDirectory(directory: string): () => void {
  const key = resolve(directory)
  const file = join(key, 'lock')
  if (held.has(key)) throw ClusterErrors.DIRECTORY_IN_USE({ directory, pid: process.pid })
  const holder = existsSync(file) ? readHolder(readFileSync(file, 'utf8')) : undefined
  if (holder !== undefined && isAlive(holder)) throw ClusterErrors.DIRECTORY_IN_USE({ directory, pid: holder.pid })
  writeFileSync(file, `${process.pid} ${processFacts(process.pid)?.start ?? ''}\n`, { mode: 0o600 })
  held.add(key)
  return () => {
    held.delete(key)
    rmSync(file, { force: true })
  }
}

interface Holder {
  pid: number
  start: string | undefined
}

function readHolder(text: string): Holder | undefined {
  const [pid, start] = text.trim().split(' ')
  return Number(pid) > 0 ? { pid: Number(pid), start } : undefined
}

/** The same number may belong to a younger process, so its start is compared where the system tells it. */
function isAlive(holder: Holder): boolean {
  if (holder.pid === process.pid) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const facts = processFacts(holder.pid)
  if (facts === undefined) return true
  // A zombie has ended and only waits for its parent to notice.
  const hasEnded = facts.state === 'Z' || facts.state === 'X'
  return !hasEnded && (holder.start === undefined || facts.start === holder.start)
}

interface ProcessFacts {
  /** One letter, `Z` for a zombie. */
  state: string | undefined
  /** Clock ticks from boot to its start. */
  start: string | undefined
}

/** What /proc/<pid>/stat tells of a process; `undefined` elsewhere than on Linux. */
function processFacts(pid: number): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces; the state follows it, the start is the 20th field from there.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0], start: fields[19] }
  } catch {
    return undefined
  }
}
