import { toPlain } from '@driftless/go-template'
import { templateValues } from '../engine/chart-scope.ts'
import { copyValues } from './coalesce.ts'
import type { Table } from './load-values.ts'
import { applySet, type SetKind } from './set-grammar.ts'

/** The values that `--set`-style expressions make, over `base`, as JSON-like data. Throws `SetProblem` with Helm's message. */
export function parseSetExpressions(
  kind: SetKind,
  expressions: readonly string[],
  options: { readonly base?: Table; readonly readFile?: (path: string) => string } = {},
): unknown {
  const values = copyValues(options.base ?? {})
  for (const expression of expressions)
    applySet(expression, values, { kind, ...(options.readFile && { readFile: options.readFile }) })
  return toPlain(templateValues(values))
}
