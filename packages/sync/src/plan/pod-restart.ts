import { compare } from '@driftless/diff'
import { formatGroupKind } from '@driftless/kube-objects'
import type { SyncTask } from './sync-task.ts'

const withPods = new Set(['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'argoproj.io/Rollout'])

/** True when applying the task changes the template of pods that run already. */
export function restartsPods({ key, target, live }: SyncTask): boolean {
  if (!withPods.has(formatGroupKind(key)) || target === undefined || live === undefined) return false
  return compare({ live, target }).differences.some(({ path }) => path.startsWith('spec.template.'))
}
