import { systemClock } from '@driftless/foundation'
import { describe, expect, it } from 'vitest'
import { createWorkQueue } from './work-queue.ts'

function gate() {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

describe('[Q] the queue', () => {
  it('[Q1] works on a key once however often it was added', async () => {
    const seen: string[] = []
    const queue = createWorkQueue({ concurrency: 1, clock: systemClock, work: async (key) => void seen.push(key) })
    for (let n = 0; n < 5; n += 1) queue.add('a', 'poll')
    await queue.idle()
    expect(seen).toEqual(['a'])
  })

  it('[Q2] runs a key once more when it was added while being worked on, never twice at once', async () => {
    const first = gate()
    let running = 0
    let most = 0
    let runs = 0
    const queue = createWorkQueue({
      concurrency: 4,
      clock: systemClock,
      async work() {
        running += 1
        runs += 1
        most = Math.max(most, running)
        await first.opened
        running -= 1
      },
    })
    queue.add('a', 'poll')
    await Promise.resolve()
    queue.add('a', 'live')
    queue.add('a', 'user')
    first.open()
    await queue.idle()
    expect({ runs, most }).toEqual({ runs: 2, most: 1 })
  })

  it('[Q3] takes the most urgent first, and raises what waits already', async () => {
    const first = gate()
    const seen: string[] = []
    const queue = createWorkQueue({
      concurrency: 1,
      clock: systemClock,
      async work(key) {
        if (key === 'busy') await first.opened
        seen.push(key)
      },
    })
    queue.add('busy', 'user')
    queue.add('poll', 'poll')
    queue.add('raised', 'poll')
    queue.add('live', 'live')
    queue.add('raised', 'user')
    first.open()
    await queue.idle()
    expect(seen).toEqual(['busy', 'raised', 'live', 'poll'])
  })

  it('[Q4] of several later times the earliest counts, and adding at once makes them void', async () => {
    const timers: { ms: number; run: () => void; cancelled: boolean }[] = []
    const clock = {
      now: () => new Date(0),
      after(ms: number, run: () => void) {
        const timer = { ms, run, cancelled: false }
        timers.push(timer)
        return () => {
          timer.cancelled = true
        }
      },
    }
    const seen: string[] = []
    const queue = createWorkQueue({ concurrency: 1, clock, work: async (key) => void seen.push(key) })
    queue.addAfter('a', 10_000, 'poll')
    queue.addAfter('a', 150, 'live')
    queue.addAfter('a', 5_000, 'live')
    expect(timers.map(({ ms, cancelled }) => [ms, cancelled])).toEqual([
      [10_000, true],
      [150, false],
    ])
    queue.add('a', 'user')
    await queue.idle()
    expect(timers[1]?.cancelled).toBe(true)
    expect(seen).toEqual(['a'])
  })
})
