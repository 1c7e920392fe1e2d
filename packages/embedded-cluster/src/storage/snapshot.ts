import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { KubeObject } from '@driftless/kube-objects'
import { encodeFrame } from './frame.ts'

/** Objects written between two turns of the event loop. */
const batch = 100

/** The state that a snapshot holds. */
export interface SnapshotContent {
  readonly directory: string
  readonly generation: number
  readonly version: number
  readonly records: readonly { resource: string; object: KubeObject }[]
}

/** The file name of a generation's snapshot. */
export function snapshotName(generation: number): string {
  return `snapshot-${generation}`
}

/** Writes a snapshot beside the running log, a few objects a turn, and gives it its name only when it is whole and on disk. */
export async function writeSnapshot(content: SnapshotContent): Promise<void> {
  const target = join(content.directory, snapshotName(content.generation))
  const file = await open(`${target}.partial`, 'w', 0o600)
  try {
    await file.appendFile(encodeFrame({ version: content.version }))
    for (let start = 0; start < content.records.length; start += batch) {
      await file.appendFile(
        content.records
          .slice(start, start + batch)
          .map(encodeFrame)
          .join(''),
      )
      await nextTurn()
    }
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${target}.partial`, target)
}
