'use client'

import { Dot } from '@driftless/ui'
import { useClusters } from '#lib/api/inventory.ts'
import { freshnessOf } from '#lib/status/freshness.ts'
import { FreshnessAge } from '#lib/status/freshness-age.tsx'
import { useNow } from '#lib/time/use-now.ts'

const shown = 6

/** The clusters and how long ago each was heard. */
export function Fleet() {
  const clusters = useClusters()
  const now = useNow()
  if (clusters.data === undefined || clusters.data.length === 0) return null
  return (
    <ul className="mb-2 grid gap-1 rounded-3 border border-line bg-surface px-2.5 py-2">
      {clusters.data.slice(0, shown).map((cluster) => {
        const freshness = freshnessOf(undefined, cluster, now)
        const dot = freshness.state === 'fresh' ? 'ok' : freshness.state === 'stale' ? 'warn' : 'off'
        return (
          <li className="flex items-center gap-1.5 text-12" key={cluster.server}>
            <Dot state={dot} />
            <span className="truncate">{cluster.name}</span>
            <span className="ml-auto">
              <FreshnessAge freshness={freshness} terse />
            </span>
          </li>
        )
      })}
    </ul>
  )
}
