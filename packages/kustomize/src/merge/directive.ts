import { KustomizeErrors } from '../errors.ts'
import { isMap, textOf } from '../values/scalar.ts'
import { clearField, fieldOf } from '../values/tree.ts'

/** What a patch asks for at one place. */
export type Directive = 'merge' | 'replace' | 'delete'

const field = '$patch'

/** Reads the `$patch` of a mapping, or of a list in an item of its own, and removes it. */
export function takeDirective(patch: { [field: string]: unknown } | unknown[]): Directive {
  if (Array.isArray(patch)) return takeFromList(patch)
  if (!Object.hasOwn(patch, field)) return 'merge'
  const directive = parse(textOf(patch[field]))
  clearField(patch, field)
  return directive
}

function takeFromList(patch: unknown[]): Directive {
  const holder = patch.find((item) => isMap(item) && Object.hasOwn(item, field))
  // With other fields beside it the directive is the item's own.
  if (!isMap(holder) || Object.keys(holder).length > 1) return 'merge'
  const text = textOf(holder[field])
  const directive = parse(text)
  const rest = patch.filter((item) => textOf(fieldOf(item, field)) !== text)
  patch.splice(0, patch.length, ...rest)
  return directive
}

function parse(text: string): Directive {
  if (text === 'merge' || text === 'replace' || text === 'delete') return text
  throw KustomizeErrors.MERGE({ reason: `unknown patch strategy '${text}'` })
}
