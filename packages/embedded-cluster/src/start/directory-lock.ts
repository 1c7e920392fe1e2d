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
  writeFileSync(file, `${process.pid} ${startOf(process.pid) ?? ''}\n`, { mode: 0o600 })
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
  const start = startOf(holder.pid)
  return start === undefined || holder.start === undefined || start === holder.start
}

/** Start of a process in clock ticks since boot (field 22 of /proc/<pid>/stat); `undefined` elsewhere than on Linux. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
