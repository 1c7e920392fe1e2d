import { renameSync, writeFileSync } from 'node:fs'

/** Writes a file that only its owner may read, in one step: readers see the old content or the new. */
export function writePrivateFile(file: string, content: string): void {
  const temporary = `${file}.${process.pid}.new`
  writeFileSync(temporary, content, { mode: 0o600, flush: true })
  renameSync(temporary, file)
}
