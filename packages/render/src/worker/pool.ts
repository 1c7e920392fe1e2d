import { Worker } from 'node:worker_threads'
import type { Clock, DriftlessError } from '@driftless/foundation'
import { RenderErrors } from '../errors.ts'
import type { WorkerAnswer, WorkerRequest } from './wire.ts'

/** Threads that render; a thread that takes too long or too much is replaced. */
export interface WorkerPool {
  run(request: Omit<WorkerRequest, 'id'>): Promise<WorkerAnswer>
  close(): Promise<void>
}

/** Bounds of one piece of work. */
export interface PoolOptions {
  readonly workers: number
  readonly clock: Clock
  readonly timeoutSeconds: number
  readonly megabytes: number
  /** The program of the threads; another one in tests. */
  readonly script?: URL
}

interface Task {
  readonly request: WorkerRequest
  resolve(answer: WorkerAnswer): void
  reject(error: Error): void
}

interface Seat {
  worker: Worker | undefined
  task: Task | undefined
  cancelTimer: () => void
}

/** Creates a pool; its threads start when they are first needed. */
export function createWorkerPool(options: PoolOptions): WorkerPool {
  const seats: Seat[] = Array.from({ length: Math.max(1, options.workers) }, () => ({
    worker: undefined,
    task: undefined,
    cancelTimer: () => {},
  }))
  const queue: Task[] = []
  let nextId = 0
  let closed = false

  const pathOf = (task: Task): string => task.request.job.source.path || '.'

  const settle = (seat: Seat, end: (task: Task) => void): void => {
    const { task } = seat
    seat.cancelTimer()
    seat.task = undefined
    seat.worker?.unref()
    if (task !== undefined) end(task)
    dispatch()
  }

  const replace = (seat: Seat, error: (path: string) => DriftlessError): void => {
    const { worker } = seat
    seat.worker = undefined
    // What a dying thread still says is of no interest, but an error nobody listens to would end the process.
    void worker
      ?.removeAllListeners()
      .on('error', () => {})
      .terminate()
    settle(seat, (task) => task.reject(error(pathOf(task))))
  }

  const hire = (seat: Seat): Worker => {
    const worker = new Worker(options.script ?? new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: options.megabytes },
      env: {},
      execArgv: [],
      stdin: false,
    })
    worker.on('message', (answer: WorkerAnswer) => {
      if (seat.task?.request.id === answer.id) settle(seat, (task) => task.resolve(answer))
    })
    worker.on('error', (error) => replace(seat, (path) => explain(error, path)))
    worker.on('exit', () => replace(seat, (path) => RenderErrors.CRASHED({ path, reason: 'the worker stopped' })))
    seat.worker = worker
    return worker
  }

  const explain = (error: unknown, path: string): DriftlessError => {
    const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    if (isMemory) return RenderErrors.OUT_OF_MEMORY({ path, megabytes: options.megabytes })
    return RenderErrors.CRASHED({ path, reason: error instanceof Error ? error.message : String(error) })
  }

  const dispatch = (): void => {
    for (const seat of seats) {
      if (seat.task !== undefined) continue
      const task = queue.shift()
      if (task === undefined) return
      seat.task = task
      const seconds = options.timeoutSeconds
      seat.cancelTimer = options.clock.after(seconds * 1000, () =>
        replace(seat, (path) => RenderErrors.TIMEOUT({ path, seconds })),
      )
      const worker = seat.worker ?? hire(seat)
      worker.ref()
      worker.postMessage(task.request)
    }
  }

  return {
    run: (request) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(RenderErrors.CLOSED({}))
        nextId += 1
        queue.push({ request: { ...request, id: nextId }, resolve, reject })
        dispatch()
      }),
    async close() {
      closed = true
      for (const task of queue.splice(0)) task.reject(RenderErrors.CLOSED({}))
      const workers = seats.flatMap((seat) => (seat.worker === undefined ? [] : [seat.worker]))
      for (const seat of seats) {
        seat.worker?.removeAllListeners().on('error', () => {})
        seat.worker = undefined
        settle(seat, (task) => task.reject(RenderErrors.CLOSED({})))
      }
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
