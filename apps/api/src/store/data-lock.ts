import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { StoreErrors } from './errors.ts'

interface Holder {
  readonly pid: number
  /** When that process began, so that a reused process id is not taken for the holder. */
  readonly born: string
}

/**
 * Takes the lock of a database directory and returns its release. The embedded database has no lock of its own, and two
 * openers would destroy it. The lock of a process that died is taken over. Throws `STORE_LOCKED`.
 */
export function lockDirectory(directory: string): () => void {
  const path = `${directory}.lock`
  const me: Holder = { pid: process.pid, born: birthOf(process.pid) }
  mkdirSync(dirname(path), { recursive: true })
  for (let attempt = 0; attempt < 5; attempt++) {
    if (claim(path, me)) return () => release(path, me)
    const holder = readHolder(path)
    if (holder === undefined) continue
    if (birthOf(holder.pid) === holder.born) throw StoreErrors.LOCKED({ directory, pid: holder.pid })
    discard(path, holder)
  }
  throw StoreErrors.LOCKED({ directory, pid: readHolder(path)?.pid ?? 0 })
}

/** Creates the lock file with its whole content in one step; false when it exists. */
function claim(path: string, me: Holder): boolean {
  const draft = `${path}.${me.pid}`
  writeFileSync(draft, JSON.stringify(me), { mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Removes the lock of a dead holder, unless somebody else took it over in the meantime. */
function discard(path: string, dead: Holder): void {
  const aside = `${path}.${process.pid}.dead`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  const moved = readHolder(aside)
  try {
    if (moved !== undefined && (moved.pid !== dead.pid || moved.born !== dead.born)) linkSync(aside, path)
  } finally {
    rmSync(aside, { force: true })
  }
}

function release(path: string, me: Holder): void {
  const holder = readHolder(path)
  if (holder?.pid === me.pid && holder.born === me.born) rmSync(path, { force: true })
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

/** What distinguishes the life of a process id from another; `''` when no such process runs. */
function birthOf(pid: number): string {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return ''
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z') return ''
    return fields[19] ?? 'alive'
  } catch {
    return 'alive'
  }
}
