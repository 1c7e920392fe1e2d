import { type Clock, sleep } from '@driftless/foundation'
import { PrismaPg } from '@prisma/adapter-pg'
import { Client } from 'pg'
import type { Engine } from './engine.ts'
import { StoreErrors } from './errors.ts'

/** Key of the advisory lock that the process with the loop holds. */
const loopLock = 7_341_906
/** How long a start waits for the process before it to end. */
const patienceMs = 15_000

/** A PostgreSQL server. One connection of its own hears of commits and holds the claim. */
export function createServerEngine(url: string, options: { clock: Clock; exclusive: boolean }): Engine {
  const { clock, exclusive } = options
  let connection: Client | undefined
  let wake: () => void = () => undefined
  let closed = false

  const connect = async (): Promise<void> => {
    const client = new Client({ connectionString: url })
    client.on('notification', () => wake())
    // What goes wrong on this connection ends it; the end makes a new one.
    client.on('error', () => undefined)
    await client.connect()
    connection = client
    client.once('end', reconnect)
    if (exclusive && !(await hold(client, clock))) throw StoreErrors.IN_USE({})
    await client.query('LISTEN driftless_changes')
    wake()
  }
  const reconnect = (): void => {
    if (!closed) clock.after(1_000, () => void connect().catch(reconnect))
  }

  return {
    factory: new PrismaPg({ connectionString: url }),
    // Notifications arrive within a millisecond; the poll covers the time without the connection.
    pollMs: 5_000,
    claim: connect,
    listen(callback) {
      wake = callback
      wake()
    },
    async close() {
      closed = true
      await connection?.end().catch(() => undefined)
    },
  }
}

async function hold(client: Client, clock: Clock): Promise<boolean> {
  for (let waited = 0; waited <= patienceMs; waited += 500) {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [loopLock])
    if (rows[0]?.held === true) return true
    await sleep(clock, 500)
  }
  return false
}
