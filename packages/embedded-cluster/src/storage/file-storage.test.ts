import { fork } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@driftless/foundation'
import type { KubeObject } from '@driftless/kube-objects'
import type { StorageChange } from '@driftless/kube-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFileStorage } from './file-storage.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'file-storage-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const open = (compactAfter = 1 << 30) => openFileStorage({ directory, clock: systemClock, compactAfter })
const object = (name: string, value = ''): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'n' },
  data: { value },
})
const change = (version: number, type: 'put' | 'delete', name: string, value = ''): StorageChange => ({
  version,
  type,
  resource: '/configmaps',
  key: { group: '', kind: 'ConfigMap', namespace: 'n', name },
  object: object(name, value),
})
const stored = (storage: ReturnType<typeof open>) =>
  Object.fromEntries(
    [...storage.load()].map((item) => [item.object.metadata.name, (item.object.data as { value: string }).value]),
  )

describe('file storage', () => {
  it('[F1] loads what was committed, in its last state, with the last version', async () => {
    const first = open()
    first.commit([change(1, 'put', 'a', '1')])
    first.commit([change(2, 'put', 'b', '1'), change(3, 'put', 'a', '2')])
    first.commit([change(4, 'delete', 'b')])
    await first.close()
    const second = open()
    expect(stored(second)).toEqual({ a: '2' })
    expect(second.version).toBe(4)
    await second.close()
  })

  it('[F2] drops a torn last record whole and goes on writing after the good ones', async () => {
    const first = open()
    first.commit([change(1, 'put', 'a', '1')])
    first.commit([change(2, 'put', 'b', '1'), change(3, 'put', 'c', '1')])
    await first.close()
    const log = join(directory, 'log-0')
    writeFileSync(log, readFileSync(log).subarray(0, -7))
    const second = open()
    expect(stored(second)).toEqual({ a: '1' })
    second.commit([change(2, 'put', 'd', '1')])
    await second.close()
    const third = open()
    expect(stored(third)).toEqual({ a: '1', d: '1' })
    await third.close()
  })

  it('[F3] refuses a log that is damaged before its end, naming the file and the line', async () => {
    const first = open()
    first.commit([change(1, 'put', 'a', '1')])
    first.commit([change(2, 'put', 'b', '1')])
    await first.close()
    const log = join(directory, 'log-0')
    writeFileSync(log, readFileSync(log, 'utf8').replace('"a"', '"x"'))
    expect(() => open()).toThrow(/log-0 is damaged at line 1: the checksum does not match/)
  })

  it('[F4] compaction keeps the state, drops the old files and takes commits meanwhile', async () => {
    const first = open()
    for (let version = 1; version <= 500; version += 1)
      first.commit([change(version, 'put', `o${version % 50}`, String(version))])
    const compaction = first.compact()
    first.commit([change(501, 'put', 'during', 'yes')])
    await compaction
    expect(readdirSync(directory).sort()).toEqual(['log-1', 'snapshot-1'])
    await first.close()
    const second = open()
    expect(Object.keys(stored(second))).toHaveLength(51)
    expect(stored(second)).toMatchObject({ during: 'yes', o0: '500', o49: '499' })
    expect(second.version).toBe(501)
    await second.close()
  })

  it('[F5] a compaction that was cut off loses nothing', async () => {
    const first = open()
    first.commit([change(1, 'put', 'a', '1')])
    await first.close()
    writeFileSync(join(directory, 'snapshot-1.partial'), 'half a snapsh')
    const log = readFileSync(join(directory, 'log-0'), 'utf8')
    appendFileSync(join(directory, 'log-1'), log.replace(log, ''))
    const second = open()
    expect(stored(second)).toEqual({ a: '1' })
    await second.close()
  })

  it('[F6] a process killed in mid-write, again and again, loses nothing that was acknowledged', async () => {
    let acknowledged = 0
    for (let round = 0; round < 6; round += 1)
      acknowledged = Math.max(acknowledged, await writeUntilKilled(60 + round * 35))
    expect(acknowledged).toBeGreaterThan(100)
    const storage = open()
    expect(storage.version).toBeGreaterThanOrEqual(acknowledged)
    const values = stored(storage)
    // Every commit writes the same number twice; both or neither must be there.
    expect(values.left).toBe(values.right)
    expect(Number(values.left)).toBeGreaterThanOrEqual(acknowledged)
    await storage.close()
  }, 30_000)
})

/** Lets a child write as fast as it can, kills it, and answers the last version that it reported as committed. */
function writeUntilKilled(milliseconds: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, '../../testdata/write-for-ever.ts'), [directory])
    let last = 0
    child.on('message', (version) => {
      if (last === 0) setTimeout(() => child.kill('SIGKILL'), milliseconds)
      last = Number(version)
    })
    child.on('error', reject)
    child.on('exit', (_code, signal) =>
      signal === 'SIGKILL' ? resolve(last) : reject(new Error(`the writer ended with ${signal}`)),
    )
  })
}
