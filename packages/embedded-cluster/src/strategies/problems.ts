import type { FieldProblem } from '@driftless/kube-server'

/** Collects validation problems in the API server's words. */
export interface Problems {
  readonly found: FieldProblem[]
  required(field: string, detail?: string): void
  invalid(field: string, value: unknown, detail: string): void
  /** `detail` lists the supported values. */
  unsupported(field: string, value: unknown, supported: readonly string[]): void
  duplicate(field: string, value: unknown): void
  forbidden(field: string, detail: string): void
  missing(field: string, value: unknown): void
  tooLong(field: string, limit: number): void
  tooMany(field: string, count: number, limit: number): void
}

/** Makes an empty collection. */
export function collectProblems(): Problems {
  const found: FieldProblem[] = []
  const add = (type: FieldProblem['type'], field: string, detail: string, value?: unknown) =>
    found.push({ field, type, detail, value })
  return {
    found,
    required: (field, detail = '') => void add('FieldValueRequired', field, detail),
    invalid: (field, value, detail) => void add('FieldValueInvalid', field, detail, value),
    unsupported: (field, value, supported) =>
      void add('FieldValueNotSupported', field, supportedText(supported), value),
    duplicate: (field, value) => void add('FieldValueDuplicate', field, '', value),
    forbidden: (field, detail) => void add('FieldValueForbidden', field, detail),
    missing: (field, value) => void add('FieldValueNotFound', field, '', value),
    tooLong: (field, limit) => void add('FieldValueTooLong', field, `may not be more than ${limit} bytes`),
    tooMany: (field, count, limit) =>
      void add('FieldValueTooMany', field, `must have at most ${limit} ${limit === 1 ? 'item' : 'items'}`, count),
  }
}

/** What the server says of an attempt to change what was decided at creation. */
export const immutable = 'field is immutable'

function supportedText(supported: readonly string[]): string {
  return `supported values: ${[...supported]
    .sort()
    .map((value) => JSON.stringify(value))
    .join(', ')}`
}
