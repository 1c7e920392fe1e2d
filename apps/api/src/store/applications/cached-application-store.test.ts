import type { ApplicationRecord, ApplicationStore } from '@driftless/applications'
import { expect, it } from 'vitest'
import { cacheApplications } from './cached-application-store.ts'

const ref = { namespace: 'argocd', name: 'web' }

/** A store of one application whose reads can be held back. */
function slowStore() {
  let version = 1
  const reads: (() => void)[] = []
  const store = {
    reads,
    async get() {
      const seen = { ...ref, version } as ApplicationRecord
      await new Promise<void>((resolve) => void reads.push(resolve))
      return seen
    },
    async recordState() {
      version += 1
    },
  }
  return store as unknown as ApplicationStore & { reads: (() => void)[] }
}

it('a second read is served from memory', async () => {
  const inner = slowStore()
  const store = cacheApplications(inner)
  const first = store.get(ref)
  inner.reads[0]?.()
  expect(await first).toMatchObject({ version: 1 })
  expect(await store.get(ref)).toMatchObject({ version: 1 })
  expect(inner.reads).toHaveLength(1)
})

it('a write makes the next read fresh', async () => {
  const inner = slowStore()
  const store = cacheApplications(inner)
  const first = store.get(ref)
  inner.reads[0]?.()
  await first
  await store.recordState(ref, {} as Parameters<ApplicationStore['recordState']>[1], undefined)
  const second = store.get(ref)
  inner.reads[1]?.()
  expect(await second).toMatchObject({ version: 2 })
})

it('a read that began before a write is not kept after it', async () => {
  const inner = slowStore()
  const store = cacheApplications(inner)
  const early = store.get(ref)
  await store.recordState(ref, {} as Parameters<ApplicationStore['recordState']>[1], undefined)
  inner.reads[0]?.()
  expect(await early).toMatchObject({ version: 1 })
  const late = store.get(ref)
  inner.reads[1]?.()
  expect(await late).toMatchObject({ version: 2 })
})
