import type { ChangeEvent } from '../api/kube-api.ts'

/** The last changes in order, for watches that start in the past and for lists of a past state. */
export class History {
  readonly #limit: number
  #events: ChangeEvent[] = []
  #floor: number

  /** `floor` is the version before which nothing is known. */
  constructor(limit: number, floor: number) {
    this.#limit = limit
    this.#floor = floor
  }

  /** Versions below this one have left the window. */
  get floor(): number {
    return this.#floor
  }

  push(event: ChangeEvent): void {
    this.#events.push(event)
    // Dropping in blocks keeps a push cheap on average.
    if (this.#events.length < this.#limit * 2) return
    const dropped = this.#events.splice(0, this.#events.length - this.#limit)
    this.#floor = dropped.at(-1)?.version ?? this.#floor
  }

  /** Changes after `version`, oldest first. */
  after(version: number): readonly ChangeEvent[] {
    let low = 0
    let high = this.#events.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#events[middle]?.version ?? 0) > version) high = middle
      else low = middle + 1
    }
    return this.#events.slice(low)
  }
}
