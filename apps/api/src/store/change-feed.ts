import type { Clock } from '@driftless/foundation'
import { type Change, change } from '@driftless/model'
import type { PrismaClient } from './generated/client.ts'

/** What a follower of the feed gets. A reset says that versions were skipped and lists must be read again. */
export type FeedMessage =
  | { readonly type: 'change'; readonly change: Change }
  | { readonly type: 'reset'; readonly version: number }

/** Every committed change in the order of its version, whoever wrote it. */
export interface ChangeFeed {
  /** Version of the newest committed change. */
  current(): Promise<number>
  /** Changes after `from`, then each new one as it is committed, until `signal` aborts. */
  follow(from: number, signal: AbortSignal): AsyncGenerator<FeedMessage>
  /** Says that something was committed. */
  wake(): void
  /** Forgets all but the newest `keep` events that are younger than `days`. */
  trim(keep: number, days: number): Promise<void>
  stop(): void
}

const batch = 500
/** A follower that reads slower than this many changes starts over instead of filling the memory. */
const longestQueue = 5_000

/** Starts the feed; it reads when woken, and every `pollMs` when other processes write to the same database. */
export async function startChangeFeed(
  prisma: PrismaClient,
  options: { clock: Clock; pollMs: number | undefined },
): Promise<ChangeFeed> {
  const listeners = new Set<(changes: readonly Change[]) => void>()
  const current = () => newestVersion(prisma)
  let last = await current()
  let reading = false
  let again = false
  let stopped = false

  const readNew = async (): Promise<void> => {
    while (again && !stopped) {
      again = false
      const changes = await readAfter(prisma, last)
      last = changes.at(-1)?.version ?? last
      if (changes.length > 0) for (const listener of listeners) listener(changes)
      if (changes.length === batch) again = true
    }
  }
  const wake = (): void => {
    again = true
    if (stopped || reading) return
    reading = true
    readNew()
      // A failed read is made up for by the next wake.
      .catch(() => undefined)
      .finally(() => {
        reading = false
        if (again && !stopped) wake()
      })
  }
  const poll = (): void => {
    if (stopped || options.pollMs === undefined) return
    wake()
    cancelPoll = options.clock.after(options.pollMs, poll)
  }
  let cancelPoll = options.pollMs === undefined ? () => undefined : options.clock.after(options.pollMs, poll)

  return {
    current,
    wake,
    follow: (from, signal) => follow(prisma, { from, signal, listeners }),
    async trim(keep, days) {
      const newest = await current()
      const before = new Date(options.clock.now().getTime() - days * 86_400_000)
      // The newest event always stays: it is the memory of the current version.
      await prisma.event.deleteMany({
        where: { version: { lt: newest }, OR: [{ version: { lte: newest - keep } }, { at: { lt: before } }] },
      })
    },
    stop() {
      stopped = true
      cancelPoll()
    },
  }
}

async function* follow(
  prisma: PrismaClient,
  request: { from: number; signal: AbortSignal; listeners: Set<(changes: readonly Change[]) => void> },
): AsyncGenerator<FeedMessage> {
  const queue: Change[] = []
  let notify: () => void = () => undefined
  let overflowed = false
  const listener = (changes: readonly Change[]): void => {
    if (queue.length > longestQueue) {
      queue.length = 0
      overflowed = true
    }
    if (!overflowed) queue.push(...changes)
    notify()
  }
  const onAbort = (): void => notify()
  request.listeners.add(listener)
  request.signal.addEventListener('abort', onAbort)
  try {
    let position = request.from
    const reset = await resetVersion(prisma, position)
    if (reset !== undefined) {
      position = reset
      yield { type: 'reset', version: reset }
    }
    for (;;) {
      const missed = await readAfter(prisma, position)
      for (const entry of missed) {
        position = entry.version
        yield { type: 'change', change: entry }
      }
      if (missed.length < batch) break
    }
    while (!request.signal.aborted) {
      if (overflowed) {
        overflowed = false
        position = await newestVersion(prisma)
        yield { type: 'reset', version: position }
        continue
      }
      const entry = queue.shift()
      if (entry === undefined) {
        await new Promise<void>((resolve) => {
          notify = resolve
          if (queue.length > 0 || overflowed || request.signal.aborted) resolve()
        })
      } else if (entry.version > position) {
        position = entry.version
        yield { type: 'change', change: entry }
      }
    }
  } finally {
    request.listeners.delete(listener)
    request.signal.removeEventListener('abort', onAbort)
  }
}

async function newestVersion(prisma: PrismaClient): Promise<number> {
  const { _max } = await prisma.event.aggregate({ _max: { version: true } })
  return Number(_max.version ?? 0n)
}

/** The current version when events after `from` were trimmed, or `from` is of another database. */
async function resetVersion(prisma: PrismaClient, from: number): Promise<number | undefined> {
  const { _min, _max } = await prisma.event.aggregate({ _min: { version: true }, _max: { version: true } })
  const oldest = Number(_min.version ?? 0n)
  const newest = Number(_max.version ?? 0n)
  if (from > newest) return newest
  return oldest > from + 1 && (from > 0 || oldest > 1) && newest > from ? newest : undefined
}

async function readAfter(prisma: PrismaClient, version: number): Promise<Change[]> {
  const rows = await prisma.event.findMany({
    where: { version: { gt: version } },
    orderBy: { version: 'asc' },
    take: batch,
  })
  return rows.map((row) => change.parse({ ...row, version: Number(row.version) }))
}
