import type { Clock } from '@driftless/foundation'
import type { Stores } from './stores.ts'

const intervalMs = 600_000
const keptEvents = 20_000
const keptDays = 1

/** Trims what grows without end, now and then; the returned function stops that. */
export function keepHouse(stores: Pick<Stores, 'database' | 'sessions'>, clock: Clock): () => void {
  let cancel = (): void => undefined
  const round = (): void => {
    cancel = clock.after(intervalMs, () => {
      void Promise.allSettled([stores.database.changes.trim(keptEvents, keptDays), stores.sessions.trim()]).then(round)
    })
  }
  round()
  return () => cancel()
}
