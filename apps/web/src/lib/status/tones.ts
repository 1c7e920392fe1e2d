import type { HealthStatusCode, OperationPhase, SyncStatusCode } from '@driftless/model'
import type { IconName, Tone } from '@driftless/ui'
import type { MessageKey } from '../i18n/translate.ts'

/** How a status is drawn and worded. */
export interface Presentation {
  readonly tone: Tone
  readonly icon: IconName
  readonly key: MessageKey
}

const syncPresentations: Readonly<Record<SyncStatusCode, Presentation>> = {
  Synced: { tone: 'synced', icon: 'synced', key: 'sync.Synced' },
  OutOfSync: { tone: 'outofsync', icon: 'outofsync', key: 'sync.OutOfSync' },
  Unknown: { tone: 'unknown', icon: 'unknown', key: 'sync.Unknown' },
}

const healthPresentations: Readonly<Record<HealthStatusCode, Presentation>> = {
  Healthy: { tone: 'healthy', icon: 'healthy', key: 'health.Healthy' },
  Progressing: { tone: 'progressing', icon: 'progressing', key: 'health.Progressing' },
  Suspended: { tone: 'suspended', icon: 'suspended', key: 'health.Suspended' },
  Degraded: { tone: 'degraded', icon: 'degraded', key: 'health.Degraded' },
  Missing: { tone: 'missing', icon: 'missing', key: 'health.Missing' },
  Unknown: { tone: 'unknown', icon: 'unknown', key: 'health.Unknown' },
}

/** Presents a sync status; what is not known is Unknown. */
export function presentSync(status: string | undefined): Presentation {
  return syncPresentations[status as SyncStatusCode] ?? syncPresentations.Unknown
}

/** Presents a health status; what is not known is Unknown. */
export function presentHealth(status: string | undefined): Presentation {
  return healthPresentations[status as HealthStatusCode] ?? healthPresentations.Unknown
}

/** Presents an operation: its phase, worded by what it did. */
export function presentOperation(
  phase: OperationPhase | undefined,
  kind: 'sync' | 'rollback' | 'delete' = 'sync',
): Presentation {
  switch (phase) {
    case 'Running':
      return {
        tone: 'progressing',
        icon: 'progressing',
        key:
          kind === 'delete'
            ? 'operation.deleting'
            : kind === 'rollback'
              ? 'operation.rollingBack'
              : 'operation.syncing',
      }
    case 'Terminating':
      return { tone: 'suspended', icon: 'terminated', key: 'operation.terminating' }
    case 'Succeeded':
      return kind === 'rollback'
        ? { tone: 'suspended', icon: 'rollback', key: 'operation.rolledBack' }
        : { tone: 'synced', icon: 'synced', key: kind === 'delete' ? 'operation.deleted' : 'operation.ok' }
    case 'Failed':
      return { tone: 'degraded', icon: 'failed', key: 'operation.failed' }
    case 'Error':
      return { tone: 'degraded', icon: 'error', key: 'operation.error' }
    default:
      return { tone: 'unknown', icon: 'unknown', key: 'operation.never' }
  }
}

/** Health from best to worst news, as legends and bars list it. */
export const healthOrder: readonly HealthStatusCode[] = [
  'Healthy',
  'Progressing',
  'Suspended',
  'Degraded',
  'Missing',
  'Unknown',
]

/** Health as filters list it: worst first. */
export const healthFilterOrder: readonly HealthStatusCode[] = [
  'Degraded',
  'Missing',
  'Progressing',
  'Suspended',
  'Healthy',
  'Unknown',
]

/** Sync statuses as filters list them. */
export const syncFilterOrder: readonly SyncStatusCode[] = ['OutOfSync', 'Synced', 'Unknown']
