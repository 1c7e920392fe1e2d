import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@driftless/foundation'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createApplicationStore } from './applications/application-store.ts'
import { openDatabase } from './database.ts'

let directory = ''
let path = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'driftless-database-'))
  path = join(directory, 'database')
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const open = () => openDatabase({ kind: 'directory', path }, { clock: systemClock })

it('refuses a second opener with the process that has it, and opens again once closed', async () => {
  const first = await open()
  await expect(open()).rejects.toMatchObject({
    code: 'STORE_LOCKED',
    message: expect.stringContaining(String(process.pid)),
  })
  await first.close()
  const second = await open()
  await second.close()
})

it('takes over the lock of a process that is gone, also when its number was given to another', async () => {
  writeFileSync(`${path}.lock`, JSON.stringify({ pid: 999_999_999, born: '1' }))
  await (await open()).close()
  writeFileSync(`${path}.lock`, JSON.stringify({ pid: process.ppid, born: 'another life' }))
  await (await open()).close()
})

it('says where and why when a server cannot be reached, without its password', async () => {
  const opening = openDatabase(
    { kind: 'server', url: 'postgresql://ada:canary@127.0.0.1:1/none' },
    { clock: systemClock },
  )
  await expect(opening).rejects.toMatchObject({
    code: 'STORE_UNREACHABLE',
    message: expect.stringContaining('127.0.0.1:1'),
  })
  await expect(opening).rejects.not.toMatchObject({ message: expect.stringContaining('canary') })
})

it('loses nothing that was acknowledged when the process is killed in the middle of writing', async () => {
  for (const writes of [5, 17]) {
    const acknowledged = await writeUntilKilled(writes)
    const database = await open()
    const store = createApplicationStore({ database, now: () => new Date() })
    const records = new Map((await store.list()).map((record) => [record.name, record]))
    for (const name of acknowledged) expect(records.get(name)?.state?.sync).toBe('OutOfSync')
    // Every row has its event, and no event is of a row that was not committed.
    const events = await database.prisma.event.findMany({ where: { type: 'ADDED', kind: 'Application' } })
    expect(events.map((event) => event.name).sort()).toEqual([...records.keys()].sort())
    await database.close()
  }
}, 60_000)

/** Starts a writing process, kills it after so many acknowledged writes, and answers them. */
async function writeUntilKilled(writes: number): Promise<string[]> {
  const script = join(import.meta.dirname, '../testing/writer.ts')
  const child: ChildProcess = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const names: string[] = []
  let rest = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\n')
    rest = lines.pop() ?? ''
    names.push(...lines.filter((line) => line !== 'ready'))
    if (names.length >= writes) child.kill('SIGKILL')
  })
  await new Promise((resolve) => child.once('close', resolve))
  expect(names.length).toBeGreaterThanOrEqual(writes)
  return names
}
