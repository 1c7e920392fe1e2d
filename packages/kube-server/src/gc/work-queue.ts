const turnSize = 100

/** Runs jobs one after another outside the caller's stack, each key at most once at a time waiting. */
export class WorkQueue {
  readonly #jobs = new Map<string, () => void>()
  #scheduled = false
  #closed = false

  add(key: string, job: () => void): void {
    if (this.#closed) return
    this.#jobs.set(key, job)
    this.#schedule()
  }

  close(): void {
    this.#closed = true
    this.#jobs.clear()
  }

  #schedule(): void {
    if (this.#scheduled || this.#jobs.size === 0) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      try {
        this.#turn()
      } finally {
        this.#schedule()
      }
    })
  }

  /** Jobs may add jobs; a turn is bounded so that requests are answered in between. */
  #turn(): void {
    for (let count = 0; count < turnSize; count += 1) {
      const [next] = this.#jobs
      if (next === undefined) return
      this.#jobs.delete(next[0])
      next[1]()
    }
  }
}
