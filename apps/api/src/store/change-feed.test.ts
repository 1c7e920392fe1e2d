import type { Change } from '@driftless/model'
import { expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/databases.ts'
import type { FeedMessage } from './change-feed.ts'
import { recordChange } from './change-log.ts'
import type { Database } from './database.ts'

describeOnDatabases('change feed', ({ database, openReplica }) => {
  const write = (name: string, on: Database = database()) =>
    on.transaction((transaction) =>
      recordChange(transaction, { type: 'MODIFIED', kind: 'Project', namespace: '', name }),
    )

  /** Collects messages until `count` came. */
  async function collect(
    from: number,
    count: number,
    meanwhile: () => Promise<unknown> = async () => undefined,
  ): Promise<FeedMessage[]> {
    const stop = new AbortController()
    const seen: FeedMessage[] = []
    const following = (async () => {
      for await (const message of database().changes.follow(from, stop.signal)) {
        seen.push(message)
        if (seen.length >= count) stop.abort()
      }
    })()
    await meanwhile()
    await following
    return seen
  }
  const changesOf = (messages: FeedMessage[]): Change[] =>
    messages.flatMap((message) => (message.type === 'change' ? [message.change] : []))

  it('gives what was missed, then what is new, each once and in order', async () => {
    const from = await database().changes.current()
    await write('a')
    await write('b')
    const messages = await collect(from, 4, async () => {
      await write('c')
      await write('d')
    })
    expect(changesOf(messages).map((change) => change.name)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('says nothing of a transaction that was rolled back', async () => {
    const from = await database().changes.current()
    const failing = database().transaction(async (transaction) => {
      await recordChange(transaction, { type: 'ADDED', kind: 'Project', namespace: '', name: 'never' })
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    const messages = await collect(from, 1, () => write('after'))
    expect(changesOf(messages).map((change) => change.name)).toEqual(['after'])
  })

  it('ends when its signal aborts while nothing happens', async () => {
    const stop = new AbortController()
    const iterator = database().changes.follow(await database().changes.current(), stop.signal)
    const next = iterator.next()
    stop.abort()
    expect((await next).done).toBe(true)
  })

  it('says reset when the versions asked for were trimmed or are of another database', async () => {
    await write('old')
    const from = (await database().changes.current()) - 1
    await write('newer')
    await write('newest')
    await database().changes.trim(1, 1)
    const newest = await database().changes.current()
    expect(await collect(from - 1, 1)).toEqual([{ type: 'reset', version: newest }])
    expect(await collect(newest + 1000, 1)).toEqual([{ type: 'reset', version: newest }])
  })

  it('tells a follower that reads too slowly to start over', async () => {
    const stop = new AbortController()
    const iterator = database().changes.follow(await database().changes.current(), stop.signal)
    const first = iterator.next()
    await write('first')
    await first
    await database().transaction(async (transaction) => {
      await transaction.$executeRaw`
        INSERT INTO "Event" (type, kind, namespace, name, at)
        SELECT 'MODIFIED', 'Project', '', 'flood', now() FROM generate_series(1, 6000)`
    })
    const messages: FeedMessage[] = []
    for (let waited = 0; waited < 100 && messages.at(-1)?.type !== 'reset'; waited++) {
      // The reader of the feed gets far ahead of this follower before it asks again.
      if (waited === 0) await new Promise((resolve) => setTimeout(resolve, 1500))
      const { value } = await iterator.next()
      if (value !== undefined) messages.push(value)
    }
    expect(messages.at(-1)).toEqual({ type: 'reset', version: await database().changes.current() })
    stop.abort()
    await iterator.return(undefined)
  })

  it('commits versions in their order with many writers', async () => {
    const from = await database().changes.current()
    const replica = await openReplica?.()
    const writers = [database(), replica ?? database()]
    const total = 80
    const messages = await collect(from, total, () =>
      Promise.all(Array.from({ length: total }, (_, index) => write(`w${index}`, writers[index % 2]))),
    )
    const versions = changesOf(messages).map((change) => change.version)
    expect(versions).toHaveLength(total)
    expect(versions).toEqual([...versions].sort((a, b) => a - b))
    expect(new Set(changesOf(messages).map((change) => change.name)).size).toBe(total)
    await replica?.close()
  })

  if (openReplica === undefined) return
  it('hears of what another process committed within a second', async () => {
    const replica = await openReplica()
    const from = await database().changes.current()
    const started = performance.now()
    const messages = await collect(from, 1, () => write('elsewhere', replica))
    expect(changesOf(messages)[0]?.name).toBe('elsewhere')
    expect(performance.now() - started).toBeLessThan(1000)
    await replica.close()
  })

  it('waits for the process that has the loop to end before another takes it', async () => {
    const first = await openReplica({ exclusive: true })
    let opened = false
    const second = openReplica({ exclusive: true }).then((replica) => {
      opened = true
      return replica
    })
    await new Promise((resolve) => setTimeout(resolve, 1200))
    expect(opened).toBe(false)
    await first.close()
    await (await second).close()
  })
})
