import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { messageOf } from '@driftless/foundation'
import { ClusterErrors } from '../errors.ts'
import { decodeFrame, encodeFrame } from './frame.ts'

/** An append-only file of checksummed lines, one line an atomic record. */
export interface Journal {
  readonly bytes: number
  /** Appends one record; on return the operating system has it, so that a killed process loses nothing. */
  append(value: unknown): void
  close(): void
}

/** Opens a journal for appending, after {@link readJournal} has dropped its torn end. */
export function openJournal(file: string): Journal {
  const handle = openSync(file, 'a', 0o600)
  let bytes = fstatSync(handle).size
  return {
    get bytes() {
      return bytes
    },
    append(value) {
      const frame = Buffer.from(encodeFrame(value))
      try {
        writeWhole(handle, frame)
      } catch (cause) {
        ftruncateSync(handle, bytes)
        throw ClusterErrors.STORAGE_WRITE_FAILED({ file, reason: messageOf(cause) }, { cause })
      }
      bytes += frame.length
    },
    close: () => closeSync(handle),
  }
}

/**
 * Reads every whole record of a journal. A torn last record (the process died while writing it, so it was never
 * acknowledged) is cut off the file; damage before the last record is an error.
 */
export function readJournal(file: string): unknown[] {
  const content = readFileSync(file)
  const records: unknown[] = []
  let start = 0
  while (start < content.length) {
    const end = content.indexOf(10, start)
    const record = end < 0 ? undefined : decodeFrame(content.toString('utf8', start, end))
    if (record === undefined) {
      if (end >= 0 && end + 1 < content.length) throw damaged(file, records.length + 1)
      cut(file, start)
      break
    }
    records.push(record)
    start = end + 1
  }
  return records
}

function damaged(file: string, line: number) {
  return ClusterErrors.STORAGE_DAMAGED({ file, line, reason: 'the checksum does not match' })
}

function cut(file: string, length: number): void {
  const handle = openSync(file, 'r+')
  ftruncateSync(handle, length)
  closeSync(handle)
}

/** A write to a full disk may be partial; the rest is tried once more and then throws. */
function writeWhole(handle: number, frame: Buffer): void {
  let written = 0
  while (written < frame.length) written += writeSync(handle, frame, written, frame.length - written)
}
