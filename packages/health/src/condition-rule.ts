import { conditionsOf } from './condition.ts'
import { type HealthCheck, health } from './health.ts'

/** The simple rule: one condition, True is Healthy, False is Degraded, anything else Progressing. */
export function byCondition(type: string): HealthCheck {
  return (object) => {
    const found = conditionsOf(object).find((condition) => condition.type === type)
    if (found?.status === 'True') return health('Healthy', found.message)
    if (found?.status === 'False') return health('Degraded', found.message)
    return health('Progressing', found?.message || `Waiting for condition ${type}`)
  }
}

/** Kinds that follow the simple rule, with the condition that decides. */
export const conditionRules: Readonly<Record<string, string>> = {
  'cert-manager.io/Issuer': 'Ready',
  'cert-manager.io/ClusterIssuer': 'Ready',
  'external-secrets.io/ExternalSecret': 'Ready',
  'external-secrets.io/ClusterExternalSecret': 'Ready',
  'external-secrets.io/SecretStore': 'Ready',
  'external-secrets.io/ClusterSecretStore': 'Ready',
  'external-secrets.io/PushSecret': 'Ready',
  'karpenter.sh/NodePool': 'Ready',
  'bitnami.com/SealedSecret': 'Synced',
  'argoproj.io/EventBus': 'Deployed',
}
