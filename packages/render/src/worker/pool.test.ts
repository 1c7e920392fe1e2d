import { systemClock } from '@driftless/foundation'
import { afterEach, describe, expect, it } from 'vitest'
import { createWorkerPool, type WorkerPool } from './pool.ts'
import type { WorkerRequest } from './wire.ts'

const script = new URL('../../testdata/hostile-worker.mjs', import.meta.url)
const pools: WorkerPool[] = []
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close()
})

function open(options: { workers: number; timeoutSeconds?: number; megabytes?: number }): WorkerPool {
  const pool = createWorkerPool({ timeoutSeconds: 20, megabytes: 200, clock: systemClock, script, ...options })
  pools.push(pool)
  return pool
}

function request(path: string): Omit<WorkerRequest, 'id'> {
  return {
    task: 'render',
    trees: new Map(),
    job: {
      application: { instanceName: 'a', namespace: 'b', project: 'c' },
      source: { repoURL: 'https://host/repo', path },
      sha: '',
      settings: {},
      limits: { manifestBytes: 1, outputBytes: 1 },
      now: '2026-01-01T00:00:00Z',
    },
  }
}

describe('a pool of workers', () => {
  it.each([
    ['loop', 'RENDER_TIMEOUT', { timeoutSeconds: 3 }],
    ['hoard', 'RENDER_OUT_OF_MEMORY', { megabytes: 40 }],
    ['exit', 'RENDER_CRASHED', {}],
    ['throw', 'RENDER_CRASHED', {}],
  ])('[W2] survives a render that does %s, and goes on with the others', async (path, code, options) => {
    const pool = open({ workers: 1, ...options })
    const bad = pool.run(request(path))
    const good = pool.run(request('fine'))
    await expect(bad).rejects.toMatchObject({ code })
    expect(await good).toMatchObject({ kind: 'missing', path: 'fine' })
  })

  it('works on as many requests at once as it has threads', async () => {
    const pool = open({ workers: 2, timeoutSeconds: 4 })
    const stuck = pool.run(request('loop'))
    expect(await pool.run(request('one'))).toMatchObject({ path: 'one' })
    expect(await pool.run(request('two'))).toMatchObject({ path: 'two' })
    await expect(stuck).rejects.toMatchObject({ code: 'RENDER_TIMEOUT' })
  })

  it('ends what waits when it is closed', async () => {
    const pool = open({ workers: 1 })
    const all = ['loop', 'one', 'two'].map((path) => pool.run(request(path)).catch((error) => error.code))
    await pool.close()
    expect(await Promise.all(all)).toEqual(['RENDER_CLOSED', 'RENDER_CLOSED', 'RENDER_CLOSED'])
    await expect(pool.run(request('later'))).rejects.toMatchObject({ code: 'RENDER_CLOSED' })
  })
})
