import type { KubeObject } from '@driftless/kube-objects'
import { conditionOf, conditionsOf } from '../condition.ts'
import { isObject, listAt, numberAt, textAt, valueAt } from '../fields.ts'
import { type Health, type HealthCheck, health } from '../health.ts'
import { isHookObject } from '../hook-object.ts'

/** Pod. */
export const pod: HealthCheck = (object): Health => {
  const longRunning = isLongRunning(object)
  const stuck = longRunning ? stuckContainers(object) : []
  if (stuck.length > 0) return health('Degraded', stuck.join(', '))
  const message = textAt(object, 'status', 'message')
  switch (textAt(object, 'status', 'phase')) {
    case 'Pending':
      return health('Progressing', message)
    case 'Succeeded':
      return health('Healthy', message)
    case 'Failed':
      return health('Degraded', message === '' ? failureOf(object) : message)
    case 'Running':
      return runningPod(object, { longRunning, message })
    default:
      return health('Unknown', message)
  }
}

function runningPod(object: KubeObject, facts: { longRunning: boolean; message: string }): Health {
  if (facts.longRunning) {
    if (conditionOf(conditionsOf(object), 'Ready')?.status === 'True') return health('Healthy', facts.message)
    const crashed = listAt(object, 'status', 'containerStatuses').some((container) =>
      isObject(valueAt(container, 'lastState', 'terminated')),
    )
    return health(crashed ? 'Degraded' : 'Progressing', facts.message)
  }
  const policy = textAt(object, 'spec', 'restartPolicy')
  // A pod that is meant to end is not done while it runs; hooks depend on this.
  return health(policy === 'OnFailure' || policy === 'Never' ? 'Progressing' : 'Unknown', facts.message)
}

function isLongRunning(object: KubeObject): boolean {
  if (textAt(object, 'spec', 'restartPolicy') === 'Always') return true
  return object.metadata.annotations?.['argocd.argoproj.io/ignore-restart-policy'] === 'true' && !isHookObject(object)
}

function stuckContainers(object: KubeObject): string[] {
  return listAt(object, 'status', 'containerStatuses')
    .map((container) => valueAt(container, 'state', 'waiting'))
    .filter((waiting) => /^Err|Error$|BackOff$/.test(textAt(waiting, 'reason')))
    .map((waiting) => textAt(waiting, 'message'))
}

function failureOf(object: KubeObject): string {
  const containers = [
    ...listAt(object, 'status', 'initContainerStatuses'),
    ...listAt(object, 'status', 'containerStatuses'),
  ]
  for (const container of containers) {
    const terminated = valueAt(container, 'state', 'terminated')
    const message = textAt(terminated, 'message')
    if (message !== '') return message
    if (textAt(terminated, 'reason') === 'OOMKilled') return 'OOMKilled'
    const code = numberAt(terminated, 'exitCode')
    if (code !== 0) return `container "${textAt(container, 'name')}" failed with exit code ${code}`
  }
  return ''
}
