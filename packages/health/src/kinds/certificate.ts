import { conditionsOf } from '../condition.ts'
import { byCondition } from '../condition-rule.ts'
import { type HealthCheck, health } from '../health.ts'

/** cert-manager.io/Certificate: an issuance under way hides what Ready says of the old one. */
export const certificate: HealthCheck = (object) => {
  const issuing = conditionsOf(object).find(({ type, status }) => type === 'Issuing' && status === 'True')
  return issuing === undefined ? byCondition('Ready')(object) : health('Progressing', issuing.message)
}
