'use client'

import { operationPhase } from '@driftless/model'
import { useClusters } from '#lib/api/inventory.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { shortRepositoryName } from '#lib/links/http-url.ts'
import { findCluster } from '#lib/status/freshness.ts'
import { presentHealth, presentOperation, presentSync } from '#lib/status/tones.ts'
import type { FacetName } from '../logic/list-state.ts'

/** Words the values of filters: statuses in the reader's language, clusters and repositories by their names. */
export function useFacetWords(): (name: FacetName, value: string) => string {
  const t = useTranslate()
  const clusters = useClusters()
  return (name, value) => {
    switch (name) {
      case 'sync':
        return t(presentSync(value).key)
      case 'health':
        return t(presentHealth(value).key)
      case 'operation': {
        const phase = operationPhase.safeParse(value)
        return t(presentOperation(phase.success ? phase.data : undefined).key)
      }
      case 'autoSync':
        return t(value === 'Enabled' || value === 'true' ? 'autoSync.on' : 'autoSync.off')
      case 'repo':
        return shortRepositoryName(value)
      case 'cluster': {
        const all = clusters.data ?? []
        return (findCluster(all, { server: value }) ?? findCluster(all, { name: value }))?.name ?? value
      }
      default:
        return value
    }
  }
}
