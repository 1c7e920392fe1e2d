import type { Clock } from '@driftless/foundation'

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Lets time pass; every timer that comes due fires at its own instant, those it sets included. */
  advance(milliseconds: number): void
}

/** Makes a manual clock that stands at `start`. */
export function manualClock(start: string): ManualClock {
  let now = new Date(start).getTime()
  let number = 0
  const timers = new Map<number, { at: number; callback: () => void }>()
  const nextTimer = (until: number) => {
    const due = [...timers].filter(([, timer]) => timer.at <= until)
    return due.sort(([a, left], [b, right]) => left.at - right.at || a - b)[0]
  }
  return {
    now: () => new Date(now),
    after(milliseconds, callback) {
      number += 1
      const id = number
      timers.set(id, { at: now + Math.max(0, milliseconds), callback })
      return () => void timers.delete(id)
    },
    advance(milliseconds) {
      const end = now + milliseconds
      for (let timer = nextTimer(end); timer !== undefined; timer = nextTimer(end)) {
        const [id, { at, callback }] = timer
        timers.delete(id)
        now = Math.max(now, at)
        callback()
      }
      now = end
    },
  }
}
