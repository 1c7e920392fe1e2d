import type { Clock } from '@driftless/foundation'
import { backoffDelay } from '@driftless/foundation'

/** Milliseconds of work after which other callers get their turn. */
const slice = 4
/** Longest single timer; a longer wait looks again in between. */
const longestTimer = 6 * 3_600_000
const retryPolicy = { base: 50, factor: 2, cap: 30_000 }

/** A queue of keys: a key that waits is not queued twice, one that fails is tried again later, never two at once. */
export interface WorkQueue {
  add(key: string): void
  /** Adds the key after a delay; an earlier pending delay of the same key wins. */
  addAfter(key: string, milliseconds: number): void
  close(): void
}

/** Options of a queue; `work` is called with one key at a time. */
export interface WorkQueueOptions {
  readonly clock: Clock
  readonly work: (key: string) => void
  readonly onError: (key: string, error: unknown) => void
}

interface Delay {
  at: number
  cancel: () => void
}

/** Makes a work queue that runs between the turns of the event loop and needs no timer while it is empty. */
export function createWorkQueue(options: WorkQueueOptions): WorkQueue {
  const { clock } = options
  const waiting = new Set<string>()
  const delays = new Map<string, Delay>()
  const failures = new Map<string, number>()
  let cancelTurn: (() => void) | undefined
  let closed = false

  const turn = () => {
    cancelTurn = undefined
    const start = performance.now()
    for (const key of waiting) {
      waiting.delete(key)
      run(key)
      if (performance.now() - start > slice) break
    }
    if (waiting.size > 0) schedule()
  }
  const schedule = () => {
    if (!closed) cancelTurn ??= clock.after(0, turn)
  }
  const run = (key: string) => {
    try {
      options.work(key)
      failures.delete(key)
    } catch (error) {
      const count = failures.get(key) ?? 0
      failures.set(key, count + 1)
      options.onError(key, error)
      queue.addAfter(key, backoffDelay(retryPolicy, count))
    }
  }
  const queue: WorkQueue = {
    add(key) {
      if (closed) return
      waiting.add(key)
      schedule()
    },
    addAfter(key, wished) {
      if (closed) return
      const milliseconds = Math.max(0, Math.min(wished, longestTimer))
      const at = clock.now().getTime() + milliseconds
      const pending = delays.get(key)
      if (pending !== undefined && pending.at <= at) return
      pending?.cancel()
      const cancel = clock.after(milliseconds, () => {
        delays.delete(key)
        queue.add(key)
      })
      delays.set(key, { at, cancel })
    },
    close() {
      closed = true
      cancelTurn?.()
      for (const delay of delays.values()) delay.cancel()
      delays.clear()
      waiting.clear()
    },
  }
  return queue
}
