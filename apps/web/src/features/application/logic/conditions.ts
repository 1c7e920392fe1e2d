import type { ApplicationCondition } from '@driftless/model'

/** How bad a condition is, by the ending of its type. */
export function severityOf(condition: Pick<ApplicationCondition, 'type'>): 'error' | 'warning' | 'info' {
  if (condition.type.endsWith('Error')) return 'error'
  return condition.type.endsWith('Warning') ? 'warning' : 'info'
}

/** How many conditions there are of each severity. */
export function countConditions(conditions: readonly Pick<ApplicationCondition, 'type'>[]): {
  errors: number
  warnings: number
} {
  return {
    errors: conditions.filter((condition) => severityOf(condition) === 'error').length,
    warnings: conditions.filter((condition) => severityOf(condition) === 'warning').length,
  }
}
