import { kindName, typeName } from '../../value/kind.ts'
import { deepEqual } from '../deep-equal.ts'
import { fn, type TemplateFunction } from '../signature.ts'

/** Functions of sprig that look at Go types. */
export const reflection: Readonly<Record<string, TemplateFunction>> = {
  typeOf: fn(['any'], typeName),
  typeIs: fn(['string', 'any'], (type, value) => typeName(value) === type),
  typeIsLike: fn(['string', 'any'], (type, value) => typeName(value) === type || typeName(value) === `*${type}`),
  kindOf: fn(['any'], kindName),
  kindIs: fn(['string', 'any'], (kind, value) => kindName(value) === kind),
  deepEqual: fn(['any', 'any'], deepEqual),
}
