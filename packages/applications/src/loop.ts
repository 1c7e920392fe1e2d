import type { LiveCluster } from '@driftless/cluster'
import { messageOf } from '@driftless/foundation'
import { type Context, keyOfRef, refOfKey } from './context.ts'
import { finalize } from './finalize.ts'
import type { LiveColumns } from './live-columns.ts'
import { operate } from './operate.ts'
import { createPoller, type Poller } from './poller.ts'
import type { ApplicationRef, RefreshType } from './ports/application-store.ts'
import { reconcile } from './reconcile.ts'
import { createWorkQueue, type Priority, type WorkQueue } from './work-queue.ts'

/** The loop: what runs without anybody asking, and what commands wake. */
export interface Loop {
  start(): Promise<void>
  stop(): Promise<void>
  /** Compares soon. */
  wake(ref: ApplicationRef, priority: Priority): void
  /** Takes up the application's unfinished operation. */
  operate(ref: ApplicationRef): void
  /** Ends the run of an operation whose phase was set to Terminating. */
  terminate(ref: ApplicationRef): void
  /** Compares with references asked for anew; resolves after the next comparison that starts from now on. */
  refresh(ref: ApplicationRef, type: RefreshType): Promise<void>
}

/** Somebody who waits for a comparison; a waiting caller needs no record, it will notice if the process ends. */
interface RefreshWaiter {
  readonly type: RefreshType
  readonly resolve: () => void
}

const reconcileConcurrency = 4
const operationConcurrency = 8
/** Events of one application come in bursts; one comparison serves a burst. */
const liveDelayMs = 150
const unexpectedRetryMs = 30_000

/** Creates the loop of one controller. */
export function createLoop(context: Context): Loop {
  return new ApplicationLoop(context)
}

class ApplicationLoop implements Loop {
  readonly #context: Context
  readonly #comparisons: WorkQueue
  readonly #operations: WorkQueue
  readonly #poller: Poller
  readonly #runs = new Map<string, AbortController>()
  readonly #waiters = new Map<string, RefreshWaiter[]>()
  readonly #unsubscribe: (() => void)[] = []

  constructor(context: Context) {
    this.#context = context
    const { clock } = context
    this.#comparisons = createWorkQueue({
      concurrency: reconcileConcurrency,
      work: (key, priority) => this.#compare(key, priority),
      clock,
    })
    this.#operations = createWorkQueue({ concurrency: operationConcurrency, work: (key) => this.#operate(key), clock })
    this.#poller = createPoller(context, (ref) => this.wake(ref, 'poll'))
  }

  async start(): Promise<void> {
    const context = this.#context
    this.#unsubscribe.push(context.liveClusters.onOpen((cluster) => this.#watch(cluster)))
    for (const cluster of context.liveClusters.all()) this.#watch(cluster)
    for (const ref of await context.store.unfinishedOperations()) this.operate(ref)
    for (const app of await context.store.list()) this.wake(app, 'poll')
    this.#poller.start()
  }

  async stop(): Promise<void> {
    this.#poller.stop()
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe()
    await Promise.all([this.#comparisons.stop(), this.#operations.stop()])
  }

  wake(ref: ApplicationRef, priority: Priority): void {
    this.#comparisons.add(keyOfRef(ref), priority)
  }

  operate(ref: ApplicationRef): void {
    this.#operations.add(keyOfRef(ref), 'user')
  }

  terminate(ref: ApplicationRef): void {
    this.#runs.get(keyOfRef(ref))?.abort('terminated')
    this.operate(ref)
  }

  refresh(ref: ApplicationRef, type: RefreshType): Promise<void> {
    return new Promise((resolve) => {
      const key = keyOfRef(ref)
      this.#waiters.set(key, [...(this.#waiters.get(key) ?? []), { type, resolve }])
      this.#comparisons.add(key, 'user')
    })
  }

  async #compare(key: string, priority: Priority): Promise<void> {
    const ref = refOfKey(key)
    // Whoever asks from here on waits for the next comparison: this one may have looked before the question.
    const waiters = this.#waiters.get(key) ?? []
    this.#waiters.delete(key)
    try {
      const verdict = await reconcile(ref, { priority, asked: strongest(waiters) }, this.#context)
      if (verdict.next === 'operate') this.operate(ref)
      if (verdict.next === 'again') this.#comparisons.addAfter(key, verdict.afterMs, 'poll')
      if (verdict.next === 'finalize') await this.#finalize(key)
      if (verdict.next === 'gone') this.#context.forget(ref)
    } catch (error) {
      if (this.#context.stopping.aborted) return
      this.#context.log('error', 'the loop failed', {
        application: key,
        reason: messageOf(error),
        stack: stackOf(error),
      })
      this.#comparisons.addAfter(key, unexpectedRetryMs, 'poll')
    } finally {
      for (const { resolve } of waiters) resolve()
    }
  }

  async #finalize(key: string): Promise<void> {
    const verdict = await finalize(refOfKey(key), this.#context)
    if (verdict.next === 'again') this.#comparisons.addAfter(key, verdict.afterMs, 'live')
  }

  async #operate(key: string): Promise<void> {
    const ref = refOfKey(key)
    const run = new AbortController()
    this.#runs.set(key, run)
    try {
      const verdict = await operate(ref, run.signal, this.#context)
      if (verdict.next === 'again') this.#operations.addAfter(key, verdict.afterMs, 'user')
      else this.wake(ref, 'user')
    } catch (error) {
      if (this.#context.stopping.aborted) return
      this.#context.log('error', 'an operation failed unexpectedly', {
        application: key,
        reason: messageOf(error),
        stack: stackOf(error),
      })
      this.#operations.addAfter(key, unexpectedRetryMs, 'user')
    } finally {
      this.#runs.delete(key)
    }
  }

  /** Live changes wake the applications they belong to; a change of contact wakes all of the cluster's. */
  #watch(cluster: LiveCluster<LiveColumns>): void {
    cluster.onChange(({ instances }) => {
      for (const instance of instances)
        this.#comparisons.addAfter(keyOfRef(this.#context.refOf(instance)), liveDelayMs, 'live')
    })
    let phase = cluster.contact().phase
    cluster.onContact((contact) => {
      if (contact.phase === phase) return
      phase = contact.phase
      void this.#contactChanged(cluster)
    })
  }

  async #contactChanged(cluster: LiveCluster<LiveColumns>): Promise<void> {
    const { phase, message, serverVersion, lastSeenAt } = cluster.contact()
    if (phase === 'connecting') return
    try {
      await this.#context.clusters.recordConnection(cluster.server, {
        connection: {
          status: phase === 'ready' ? 'Successful' : 'Failed',
          message,
          attemptedAt: this.#context.clock.now().toISOString(),
        },
        ...(serverVersion === undefined ? {} : { serverVersion }),
        ...(lastSeenAt === undefined ? {} : { lastSeenAt: lastSeenAt.toISOString() }),
      })
      const known = (await this.#context.clusters.list()).find(({ server }) => server === cluster.server)
      for (const app of await this.#context.store.list()) {
        const { server, name } = app.spec.destination
        if (server === cluster.server || (name !== undefined && name === known?.name)) this.wake(app, 'live')
      }
    } catch (error) {
      if (!this.#context.stopping.aborted)
        this.#context.log('error', 'contact could not be recorded', { reason: messageOf(error) })
    }
  }
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined
}

function strongest(waiters: readonly RefreshWaiter[]): RefreshType | undefined {
  return waiters.some(({ type }) => type === 'hard') ? 'hard' : waiters[0]?.type
}
