import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '@driftless/foundation'
import type { KubeObject } from '@driftless/kube-objects'
import type { ObjectStorage, StorageChange } from '@driftless/kube-server'
import { type Journal, openJournal, readJournal } from './journal.ts'
import { snapshotName, writeSnapshot } from './snapshot.ts'

/** Bytes of log after which a snapshot is worth its writing. */
const compactAfter = 8 * 1024 * 1024
/** Milliseconds without a commit that count as an idle moment. */
const idleAfter = 1_000

interface StoredRecord {
  resource: string
  object: KubeObject
}

/** One journal record: the changes of one commit, deletions without their object. */
interface CommitRecord {
  changes: { v: number; r: string; t: 'put' | 'delete'; k: string; o?: KubeObject }[]
}

/** Settings of a file storage; the defaults suit a cluster that people use by hand. */
export interface FileStorageOptions {
  readonly directory: string
  readonly clock: Clock
  /** Bytes of log before compaction. */
  readonly compactAfter?: number
}

/**
 * Keeps a cluster's objects in a directory: `snapshot-<n>` holds a whole state, `log-<n>` the commits since then, one
 * checksummed line and one write call each. A new generation begins with a new log; its snapshot is written in idle
 * moments and only then replaces the older files, so a process can be killed at any instruction.
 */
export function openFileStorage(options: FileStorageOptions): ObjectStorage & { compact(): Promise<void> } {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 })
  const state = readState(options.directory)
  return createStorage(options, state)
}

interface LoadedState {
  generation: number
  version: number
  objects: Map<string, StoredRecord>
}

function createStorage(options: FileStorageOptions, state: LoadedState) {
  const { directory, clock } = options
  const limit = options.compactAfter ?? compactAfter
  let journal: Journal = openJournal(join(directory, logName(state.generation)))
  let cancelIdle: (() => void) | undefined
  let compacting: Promise<void> | undefined

  const scheduleCompaction = () => {
    cancelIdle?.()
    cancelIdle = journal.bytes > limit ? clock.after(idleAfter, () => void compact().catch(() => undefined)) : undefined
  }

  /** Starts a new generation at once, then writes its snapshot; when that fails, the older files still say everything. */
  async function compact(): Promise<void> {
    if (compacting !== undefined) return compacting
    const generation = state.generation + 1
    const records = [...state.objects.values()]
    const version = state.version
    const next = openJournal(join(directory, logName(generation)))
    journal.close()
    journal = next
    state.generation = generation
    compacting = writeSnapshot({ directory, generation, version, records })
      .then(() => dropOlder(directory, generation))
      .finally(() => {
        compacting = undefined
      })
    return compacting
  }

  return {
    get version() {
      return state.version
    },
    load: () => [...state.objects.values()],
    commit(changes: readonly StorageChange[]) {
      journal.append({ changes: changes.map(toRecord) } satisfies CommitRecord)
      for (const change of changes) applyChange(state, toRecord(change))
      scheduleCompaction()
    },
    compact,
    async close() {
      cancelIdle?.()
      await compacting?.catch(() => undefined)
      journal.close()
    },
  }
}

function toRecord(change: StorageChange): CommitRecord['changes'][number] {
  const { namespace, name } = change.key
  const record = { v: change.version, r: change.resource, t: change.type, k: `${namespace}/${name}` }
  return change.type === 'put' ? { ...record, o: change.object } : record
}

function applyChange(state: LoadedState, change: CommitRecord['changes'][number]): void {
  const key = `${change.r}/${change.k}`
  if (change.t === 'put' && change.o !== undefined) state.objects.set(key, { resource: change.r, object: change.o })
  else state.objects.delete(key)
  state.version = Math.max(state.version, change.v)
}

/** The newest whole snapshot, then every log from its generation on. */
function readState(directory: string): LoadedState {
  const names = readdirSync(directory)
  for (const name of names) if (name.endsWith('.partial')) rmSync(join(directory, name))
  const newest = Math.max(0, ...generationsOf(names, /^snapshot-(\d+)$/))
  const state: LoadedState = { generation: newest, version: 0, objects: new Map() }
  if (newest > 0) loadSnapshot(state, join(directory, snapshotName(newest)))
  for (const generation of generationsOf(names, /^log-(\d+)$/).filter((n) => n >= newest)) {
    state.generation = generation
    for (const record of readJournal(join(directory, logName(generation)))) {
      for (const change of (record as CommitRecord).changes) applyChange(state, change)
    }
  }
  dropOlder(directory, newest)
  return state
}

function loadSnapshot(state: LoadedState, file: string): void {
  const [head, ...records] = readJournal(file)
  state.version = (head as { version: number }).version
  for (const { resource, object } of records as StoredRecord[]) {
    state.objects.set(`${resource}/${object.metadata.namespace ?? ''}/${object.metadata.name}`, { resource, object })
  }
}

function dropOlder(directory: string, generation: number): void {
  for (const name of readdirSync(directory)) {
    const match = /^(?:snapshot|log)-(\d+)$/.exec(name)
    if (match?.[1] !== undefined && Number(match[1]) < generation) rmSync(join(directory, name))
  }
}

function generationsOf(names: readonly string[], pattern: RegExp): number[] {
  const numbers = names.map((name) => pattern.exec(name)?.[1]).filter((text) => text !== undefined)
  return numbers.map(Number).sort((a, b) => a - b)
}

function logName(generation: number): string {
  return `log-${generation}`
}
