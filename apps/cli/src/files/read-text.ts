import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { messageOf } from '@driftless/foundation'
import { CliErrors } from '../errors.ts'
import { type Io, readInput } from '../io.ts'

/** The text of a file, of a URL, or of standard input for `-`. Throws `CLI_FILE`. */
export async function readTextFrom(path: string, io: Io): Promise<string> {
  if (path === '-') return readInput(io)
  try {
    if (/^https?:\/\//.test(path)) return await fetchText(path)
    return await readFile(resolve(io.directory, path), 'utf8')
  } catch (cause) {
    throw CliErrors.FILE({ path, reason: reasonOf(cause) }, { cause })
  }
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`the server answers ${response.status}`)
  return response.text()
}

/** System errors repeat the path and the call, which says nothing more to whoever gave the path. */
function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a directory'
  if (code === 'EACCES') return 'permission denied'
  return messageOf(cause)
}
