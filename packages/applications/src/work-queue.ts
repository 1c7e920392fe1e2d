import type { Clock } from '@driftless/foundation'

/** Who is waiting for an item, most urgent first. */
export type Priority = 'user' | 'webhook' | 'live' | 'poll'

const priorities: readonly Priority[] = ['user', 'webhook', 'live', 'poll']

/** A queue of keys: a key waits at most once and is worked on at most once at a time; what arrives meanwhile runs once more. */
export interface WorkQueue {
  add(key: string, priority: Priority): void
  /** Adds the key later; of several times the earliest counts, and adding it at once makes them void. */
  addAfter(key: string, ms: number, priority: Priority): void
  /** Resolves when nothing waits or runs. */
  idle(): Promise<void>
  stop(): Promise<void>
}

export interface WorkQueueOptions {
  readonly concurrency: number
  readonly work: (key: string, priority: Priority) => Promise<void>
  readonly clock: Clock
}

/** Creates a running queue; `work` must handle its own errors. */
export function createWorkQueue({ concurrency, work, clock }: WorkQueueOptions): WorkQueue {
  const waiting = new Map<Priority, Set<string>>(priorities.map((priority) => [priority, new Set()]))
  const running = new Map<string, Promise<void>>()
  const again = new Map<string, Priority>()
  const timers = new Map<string, { due: number; cancel: () => void }>()
  let idlers: (() => void)[] = []
  let stopped = false

  const take = (): { key: string; priority: Priority } | undefined => {
    for (const priority of priorities) {
      for (const key of waiting.get(priority) ?? []) {
        waiting.get(priority)?.delete(key)
        return { key, priority }
      }
    }
    return undefined
  }

  const settle = (): void => {
    if (running.size > 0 || priorities.some((priority) => (waiting.get(priority)?.size ?? 0) > 0)) return
    for (const idler of idlers.splice(0)) idler()
  }

  const pump = (): void => {
    while (!stopped && running.size < concurrency) {
      const next = take()
      if (next === undefined) break
      const { key, priority } = next
      running.set(
        key,
        Promise.resolve()
          .then(() => work(key, priority))
          .finally(() => {
            running.delete(key)
            const repeat = again.get(key)
            again.delete(key)
            if (repeat !== undefined) queue.add(key, repeat)
            pump()
            settle()
          }),
      )
    }
  }

  // Starting in the next microtask lets everything that is added now count as one.
  let scheduled = false
  const schedule = (): void => {
    if (scheduled) return
    scheduled = true
    queueMicrotask(() => {
      scheduled = false
      pump()
    })
  }

  const queue: WorkQueue = {
    add(key, priority) {
      if (stopped) return
      timers.get(key)?.cancel()
      timers.delete(key)
      if (running.has(key)) {
        const known = again.get(key)
        if (known === undefined || isMoreUrgent(priority, known)) again.set(key, priority)
        return
      }
      const place = priorities.find((level) => waiting.get(level)?.has(key))
      if (place !== undefined && !isMoreUrgent(priority, place)) return
      if (place !== undefined) waiting.get(place)?.delete(key)
      waiting.get(priority)?.add(key)
      schedule()
    },
    addAfter(key, ms, priority) {
      const due = clock.now().getTime() + ms
      const known = timers.get(key)
      if (stopped || (known !== undefined && known.due <= due)) return
      known?.cancel()
      const cancel = clock.after(ms, () => {
        timers.delete(key)
        queue.add(key, priority)
      })
      timers.set(key, { due, cancel })
    },
    idle: () =>
      new Promise((resolve) => {
        idlers = [...idlers, resolve]
        settle()
      }),
    async stop() {
      stopped = true
      for (const { cancel } of timers.values()) cancel()
      timers.clear()
      await Promise.allSettled(running.values())
    },
  }
  return queue
}

function isMoreUrgent(a: Priority, b: Priority): boolean {
  return priorities.indexOf(a) < priorities.indexOf(b)
}
