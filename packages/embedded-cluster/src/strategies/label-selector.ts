import type { JsonObject } from '@driftless/kube-objects'
import { labelProblems, labelValueFaults, qualifiedNameFaults } from '@driftless/kube-server'
import { list, record, records, text, texts } from '../json.ts'
import type { Problems } from './problems.ts'

/** Checks a label selector. */
export function checkLabelSelector(problems: Problems, field: string, selector: unknown): void {
  const { matchLabels, matchExpressions } = record(selector)
  problems.found.push(...labelProblems(texts(matchLabels), `${field}.matchLabels`))
  for (const [index, expression] of records(matchExpressions).entries()) {
    checkRequirement(problems, `${field}.matchExpressions[${index}]`, expression)
  }
}

/** True for a selector that selects everything. */
export function isEmptySelector(selector: unknown): boolean {
  const { matchLabels, matchExpressions } = record(selector)
  return Object.keys(record(matchLabels)).length === 0 && list(matchExpressions).length === 0
}

function checkRequirement(problems: Problems, field: string, expression: JsonObject): void {
  const values = list(expression.values)
  switch (expression.operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0)
        problems.required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'")
      break
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0)
        problems.forbidden(`${field}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
      break
    default:
      problems.invalid(`${field}.operator`, text(expression.operator), 'not a valid selector operator')
  }
  for (const fault of qualifiedNameFaults(text(expression.key)))
    problems.invalid(`${field}.key`, text(expression.key), fault)
  for (const [index, value] of values.entries()) {
    for (const fault of labelValueFaults(text(value))) problems.invalid(`${field}.values[${index}]`, value, fault)
  }
}
