/** Reasons of a validation problem as `details.causes[].reason` carries them. */
export type FieldProblemType =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueDuplicate'
  | 'FieldValueForbidden'
  | 'FieldValueTypeInvalid'
  | 'FieldValueNotFound'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'

/** A validation problem; becomes a cause of a 422 Status. `detail` is what follows the value in the message. */
export interface FieldProblem {
  field: string
  type: FieldProblemType
  detail: string
  value?: unknown
}

/** The cause's message, such as `Invalid value: "x": must be positive`. */
export function formatProblem(problem: FieldProblem): string {
  const detail = problem.detail === '' ? '' : `: ${problem.detail}`
  switch (problem.type) {
    case 'FieldValueRequired':
      return `Required value${detail}`
    case 'FieldValueForbidden':
      return `Forbidden${detail}`
    case 'FieldValueTooLong':
      return `Too long${detail}`
    case 'FieldValueNotSupported':
      return `Unsupported value: ${formatValue(problem.value)}${detail}`
    case 'FieldValueDuplicate':
      return `Duplicate value: ${formatValue(problem.value)}${detail}`
    case 'FieldValueNotFound':
      return `Not found: ${formatValue(problem.value)}${detail}`
    case 'FieldValueTooMany':
      return `Too many: ${formatValue(problem.value)}${detail}`
    default:
      return `Invalid value: ${formatValue(problem.value)}${detail}`
  }
}

function formatValue(value: unknown): string {
  return value === undefined ? 'null' : JSON.stringify(value)
}
