import { createBudget, DriftlessError, fail, ok, type Result } from '@driftless/foundation'
import { JqFailure, type JqProblem } from './jq-error.ts'
import { evaluate, type Path } from './jq-evaluate.ts'
import { type Jq, parseJq } from './jq-parse.ts'

const stepLimit = 200_000
const cacheLimit = 500
const parsed = new Map<string, Jq>()

/** The places of a document that `del(<expression>)` would remove, deepest and last first, so that they can be removed one after another. */
export function jqPaths(expression: string, document: unknown): Result<Path[], JqProblem> {
  try {
    const budget = createBudget('the steps of a jq expression', stepLimit)
    const found = evaluate(parseOnce(expression), { value: document, path: [] }, budget)
    const paths = found.map(({ path }) => path)
    if (paths.some((path) => path === undefined))
      return fail({ reason: 'the expression names values that are not in the document', runtime: false })
    return ok(paths.filter((path) => path !== undefined).sort(comparePaths))
  } catch (error) {
    if (error instanceof JqFailure) return fail({ reason: error.message, runtime: error.runtime })
    if (error instanceof DriftlessError) return fail({ reason: error.message, runtime: true })
    throw error
  }
}

function parseOnce(expression: string): Jq {
  const known = parsed.get(expression)
  if (known !== undefined) return known
  const result = parseJq(expression)
  if (parsed.size >= cacheLimit) parsed.clear()
  parsed.set(expression, result)
  return result
}

function comparePaths(a: Path, b: Path): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const [left = '', right = ''] = [a[at], b[at]]
    if (left === right) continue
    if (typeof left === 'number' && typeof right === 'number') return right - left
    return String(left) < String(right) ? 1 : -1
  }
  return b.length - a.length
}
