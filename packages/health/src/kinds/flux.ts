import { conditionOf, conditionsOf } from '../condition.ts'
import { valueAt } from '../fields.ts'
import { type HealthCheck, health } from '../health.ts'

/** toolkit.fluxcd.io kinds: how many of some conditions have to be True; the message is the reason of Ready. */
function fluxKind(types: readonly string[], needed: number): HealthCheck {
  return (object) => {
    if (valueAt(object, 'spec', 'suspend') === true) return health('Suspended', 'Reconciliation is suspended')
    const conditions = conditionsOf(object)
    if (conditions.length === 0) return health('Progressing', 'Waiting for status')
    const ready = conditionOf(conditions, 'Ready')
    const message = ready?.reason ?? ''
    if (ready?.status === 'Unknown' && conditionOf(conditions, 'Reconciling')?.status === 'True')
      return health('Progressing', message)
    const successes = types.filter((type) => conditionOf(conditions, type)?.status === 'True').length
    return health(successes >= needed ? 'Healthy' : 'Degraded', message)
  }
}

/** helm.toolkit.fluxcd.io/HelmRelease. */
export const helmRelease = fluxKind(['Ready', 'Released', 'TestSuccess'], 2)

/** kustomize.toolkit.fluxcd.io/Kustomization. */
export const fluxKustomization = fluxKind(['Ready'], 1)

/** source.toolkit.fluxcd.io kinds. */
export const fluxSource = fluxKind(['Ready', 'ArtifactInStorage'], 2)
