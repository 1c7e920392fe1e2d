import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import { DriftlessError, FileNotLoaded, LimitErrors, messageOf } from '@driftless/foundation'
import { canonicalJson } from '@driftless/kube-objects'
import { RenderErrors } from '../errors.ts'
import { describeSource } from '../source/describe-source.ts'
import { runSource } from '../source/run-source.ts'
import { ownTree, type PlainError, type WatchedTree, type WorkerAnswer, type WorkerRequest, watchTree } from './wire.ts'

parentPort?.on('message', async (request: WorkerRequest) => {
  const { answer, transfer } = await work(request)
  parentPort?.postMessage(answer, transfer)
})

async function work(request: WorkerRequest): Promise<{ answer: WorkerAnswer; transfer: ArrayBuffer[] }> {
  const { id, job } = request
  const watched = new Map([...request.trees].map(([name, part]) => [name, watchTree(part)]))
  const reads = () => new Map([...watched].map(([name, tree]) => [name, tree.reads()]))
  try {
    if (request.task === 'describe') {
      return { answer: { id, kind: 'described', details: await describeSource(job, treesOf(watched)) }, transfer: [] }
    }
    const { type, objects, commands, usesRevision } = await runSource(job, treesOf(watched))
    const json = new TextEncoder().encode(JSON.stringify(objects))
    const limit = job.limits.outputBytes
    if (json.length > limit) throw RenderErrors.OUTPUT_TOO_LARGE({ path: job.source.path || '.', limit })
    const hashes = objects.map((object) => createHash('sha256').update(canonicalJson(object)).digest('hex'))
    return {
      answer: { id, kind: 'done', type, json, hashes, commands, usesRevision, reads: reads() },
      transfer: [json.buffer],
    }
  } catch (error) {
    const missing =
      error instanceof FileNotLoaded ? [...watched].find(([, tree]) => tree.missing() !== undefined) : undefined
    const path = missing?.[1].missing()
    if (missing !== undefined && path !== undefined)
      return { answer: { id, kind: 'missing', tree: missing[0], path }, transfer: [] }
    return {
      answer: { id, kind: 'failed', error: toPlain(error, job.source.path || '.'), reads: reads() },
      transfer: [],
    }
  }
}

function treesOf(watched: ReadonlyMap<string, WatchedTree>) {
  const own = watched.get(ownTree)
  if (own === undefined) throw new Error('the request has no tree')
  const others = [...watched].filter(([name]) => name !== ownTree).map(([name, { tree }]) => [name, tree] as const)
  return { own: own.tree, references: Object.fromEntries(others) }
}

function toPlain(error: unknown, path: string): PlainError {
  const reason = messageOf(error)
  const isLimit = error instanceof DriftlessError && error.code === LimitErrors.EXCEEDED.code
  const known = isLimit
    ? RenderErrors.LIMIT_EXCEEDED({ path, reason })
    : error instanceof DriftlessError
      ? error
      : RenderErrors.CRASHED({ path, reason })
  const { code, message, status, retryable, place } = known
  return { code, message, status, retryable, place }
}
