import type { LiveCluster } from '@driftless/cluster'
import { type Context, keyOfRef } from './context.ts'
import type { LiveColumns } from './live-columns.ts'
import type { ApplicationRef } from './ports/application-store.ts'

/** Tells watchers of trees that something in them changed. */
export interface TreeWatch {
  start(): void
  stop(): void
  subscribe(ref: ApplicationRef, listener: () => void): () => void
}

/** Bursts of events are told once. */
const coalesceMs = 100

/** Creates the watch over every cluster that is or will be connected. */
export function createTreeWatch(context: Context): TreeWatch {
  const listeners = new Map<string, Set<() => void>>()
  const pending = new Set<string>()
  const unsubscribe: (() => void)[] = []

  const notify = (key: string) => {
    if (!listeners.has(key) || pending.has(key)) return
    pending.add(key)
    context.clock.after(coalesceMs, () => {
      pending.delete(key)
      for (const listener of listeners.get(key) ?? []) listener()
    })
  }
  const watch = (cluster: LiveCluster<LiveColumns>) => {
    unsubscribe.push(
      cluster.onChange(({ instances }) => {
        for (const instance of instances) notify(keyOfRef(context.refOf(instance)))
      }),
    )
  }

  return {
    start() {
      unsubscribe.push(context.liveClusters.onOpen(watch))
      for (const cluster of context.liveClusters.all()) watch(cluster)
    },
    stop() {
      for (const off of unsubscribe.splice(0)) off()
    },
    subscribe(ref, listener) {
      const key = keyOfRef(ref)
      const set = listeners.get(key) ?? new Set()
      listeners.set(key, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0 && listeners.get(key) === set) listeners.delete(key)
      }
    },
  }
}
