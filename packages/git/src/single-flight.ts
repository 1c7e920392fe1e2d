/** Lets identical concurrent work happen once. */
export interface SingleFlight {
  /** Joins the work of this key that is under way, or starts it. */
  join<T>(key: string, work: () => Promise<T>): Promise<T>
  /** Work that begins after this call: it waits for what is under way, and shares with others that wait too. */
  after<T>(key: string, work: () => Promise<T>): Promise<T>
}

/** Creates a register of work under way. */
export function createSingleFlight(): SingleFlight {
  const running = new Map<string, Promise<unknown>>()
  const waiting = new Map<string, Promise<unknown>>()
  const start = <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const flight = work().finally(() => {
      if (running.get(key) === flight) running.delete(key)
    })
    running.set(key, flight)
    return flight
  }
  return {
    join: <T>(key: string, work: () => Promise<T>) => (running.get(key) as Promise<T> | undefined) ?? start(key, work),
    after<T>(key: string, work: () => Promise<T>) {
      const current = running.get(key)
      if (current === undefined) return start(key, work)
      const queued = waiting.get(key) as Promise<T> | undefined
      if (queued !== undefined) return queued
      const next = current
        .catch(() => {})
        .then(() => {
          waiting.delete(key)
          return start(key, work)
        })
      waiting.set(key, next)
      return next
    },
  }
}

/** Runs work of one key one after the other. */
export function createLanes(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const turn = (tails.get(key) ?? Promise.resolve()).catch(() => {}).then(work)
    const tail = turn
      .catch(() => {})
      .then(() => {
        if (tails.get(key) === tail) tails.delete(key)
      })
    tails.set(key, tail)
    return turn
  }
}
