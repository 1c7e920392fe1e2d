import { labelValueFaults, qualifiedNameFaults } from '@driftless/kube-server'
import { records, text } from '../json.ts'
import type { Problems } from './problems.ts'

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Checks a pod's tolerations. */
export function checkTolerations(problems: Problems, field: string, tolerations: unknown): void {
  for (const [index, toleration] of records(tolerations).entries()) {
    const at = `${field}[${index}]`
    const { key, operator, value, effect, tolerationSeconds } = toleration
    if (text(key) !== '') for (const fault of qualifiedNameFaults(text(key))) problems.invalid(`${at}.key`, key, fault)
    else if (operator !== 'Exists')
      problems.invalid(
        `${at}.operator`,
        text(operator),
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      )
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      problems.invalid(`${at}.effect`, text(effect), "effect must be 'NoExecute' when `tolerationSeconds` is set")
    }
    if (operator === undefined || operator === '' || operator === 'Equal') {
      const [fault] = labelValueFaults(text(value))
      if (fault !== undefined) problems.invalid(`${at}.operator`, text(value), fault)
    } else if (operator === 'Exists') {
      if (text(value) !== '')
        problems.invalid(`${at}.operator`, toleration, "value must be empty when `operator` is 'Exists'")
    } else problems.unsupported(`${at}.operator`, operator, ['Equal', 'Exists'])
    if (text(effect) !== '' && !effects.includes(text(effect))) problems.unsupported(`${at}.effect`, effect, effects)
  }
}
