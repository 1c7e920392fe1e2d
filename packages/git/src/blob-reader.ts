/** Reads objects by id; what is asked for while a read is under way goes into the next one together. */
export interface BlobReader {
  read(wanted: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, Uint8Array>>
}

interface Batch {
  readonly sizes: Map<string, number>
  bytes: number
  readonly done: Promise<ReadonlyMap<string, Uint8Array>>
  start(): void
}

/** Creates a reader over one repository. `wanted` maps ids to sizes; a batch holds about `batchBytes`. */
export function createBlobReader(
  readBlobs: (ids: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>,
  batchBytes: number,
): BlobReader {
  const waiting: Batch[] = []
  let isReading = false

  const next = (): void => {
    const batch = waiting.shift()
    isReading = batch !== undefined
    batch?.start()
  }

  const openBatch = (): Batch => {
    const { promise, resolve, reject } = Promise.withResolvers<ReadonlyMap<string, Uint8Array>>()
    const sizes = new Map<string, number>()
    const start = (): void => {
      readBlobs([...sizes.keys()])
        .then(resolve, reject)
        .finally(next)
    }
    const batch = { sizes, bytes: 0, done: promise, start }
    waiting.push(batch)
    return batch
  }

  return {
    async read(wanted) {
      const batches = new Set<Batch>()
      for (const [id, size] of wanted) {
        const last = waiting.at(-1)
        const batch = last !== undefined && last.bytes + size <= batchBytes ? last : openBatch()
        if (!batch.sizes.has(id)) batch.bytes += size
        batch.sizes.set(id, size)
        batches.add(batch)
      }
      if (!isReading) next()
      const found = new Map<string, Uint8Array>()
      for (const contents of await Promise.all([...batches].map(({ done }) => done))) {
        for (const id of wanted.keys()) {
          const content = contents.get(id)
          if (content !== undefined) found.set(id, content)
        }
      }
      return found
    },
  }
}
