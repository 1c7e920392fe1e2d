import { elementType, GoObject, type GoValue, isList, namedType, type ParamType } from './go-value.ts'
import { Int } from './int.ts'

/** Name of a value's Go type as `%T` prints it. */
export function typeName(value: GoValue): string {
  if (value === undefined || value === null) return '<nil>'
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'number':
      return 'float64'
  }
  if (value instanceof Int) return value.kind
  if (value instanceof GoObject) return value.goType
  if (isList(value)) return `[]${value[elementType] ?? 'interface {}'}`
  return value[namedType]?.name ?? `map[string]${value[elementType] ?? 'interface {}'}`
}

/** Name of a value's `reflect.Kind`. */
export function kindName(value: GoValue): string {
  if (value === undefined || value === null) return 'invalid'
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'number':
      return 'float64'
  }
  if (value instanceof Int) return value.kind
  if (value instanceof GoObject) return value.goKind
  return isList(value) ? 'slice' : 'map'
}

const typeNames: Readonly<Record<ParamType, string>> = {
  any: 'interface {}',
  value: 'reflect.Value',
  string: 'string',
  int: 'int',
  int64: 'int64',
  float64: 'float64',
  bool: 'bool',
  map: 'map[string]interface {}',
  list: '[]interface {}',
  strings: '[]string',
  duration: 'time.Duration',
  time: 'time.Time',
  certificate: 'sprig.certificate',
  uint32: 'uint32',
}

/** Go name of a parameter type. */
export function paramName(type: ParamType): string {
  return typeNames[type]
}

/** Whether nil may be passed for a parameter type. */
export function acceptsNil(type: ParamType): boolean {
  return type === 'any' || type === 'value' || type === 'map' || type === 'list' || type === 'strings'
}

/** Whether a value that is there may be passed for a parameter type without conversion. */
export function isAssignable(value: GoValue, type: ParamType): boolean {
  switch (type) {
    case 'any':
    case 'value':
      return true
    case 'string':
      return typeof value === 'string'
    case 'bool':
      return typeof value === 'boolean'
    case 'float64':
      return typeof value === 'number'
    case 'int':
    case 'int64':
      return value instanceof Int && value.kind === type
    case 'map':
      return kindName(value) === 'map' && (value as Record<symbol, unknown>)[elementType] === undefined
    case 'list':
      return isList(value) && value[elementType] === undefined
    case 'strings':
      return isList(value) && value[elementType] === 'string'
    default:
      return typeName(value) === typeNames[type]
  }
}

/** Zero value of an element type, as a lookup of a missing key in a typed map gives. */
export function zeroOf(element: string | undefined): GoValue {
  if (element === 'string') return ''
  if (element === 'bool') return false
  if (element === 'float64') return 0
  return null
}
