import { RE2JS } from 're2js'
import { KustomizeErrors } from '../errors.ts'

/** Longest expression that is taken. */
const maxLength = 4096

/** A test by an RE2 expression, which takes linear time whatever it is. Throws `KUSTOMIZE_SELECTOR`. */
export function createPattern(expression: string): (text: string) => boolean {
  if (expression.length > maxLength) {
    throw KustomizeErrors.SELECTOR({
      pattern: `${expression.slice(0, 40)}…`,
      reason: `longer than ${maxLength} characters`,
    })
  }
  try {
    const compiled = RE2JS.compile(expression)
    return (text) => compiled.matcher(text).find()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/^.*?error parsing regexp: /, '') : String(cause)
    throw KustomizeErrors.SELECTOR({ pattern: expression, reason }, { cause })
  }
}

/** A test of a whole text; an absent or empty expression matches everything. */
export function createAnchored(expression: string | undefined): (text: string) => boolean {
  if (expression === undefined || expression === '') return () => true
  if (/^[\w-]+$/.test(expression)) return (text) => text === expression
  return createPattern(`^(?:${expression})$`)
}
