import { quoteGo } from '../format/quote.ts'
import { elementType, type GoMap, type GoMethod, GoObject, type GoValue, isMap, namedType } from '../value/go-value.ts'
import { typeName, zeroOf } from '../value/kind.ts'
import type { State } from './state.ts'

/** Receiver of a field access and whether Go would see it through an `interface {}`, which only error messages show. */
export interface Receiver {
  readonly value: GoValue
  readonly boxed: boolean
}

/** A key of a map, or what the execution's missing-key rule says. */
export function mapField(state: State, map: GoMap, name: string): GoValue {
  if (Object.hasOwn(map, name)) {
    const value = map[name]
    return value === undefined ? null : value
  }
  switch (state.run.options.missingKey) {
    case 'zero':
      return zeroOf(map[elementType])
    case 'error':
      return state.fail(`map has no entry for key ${quoteGo(name)}`)
    default:
      return undefined
  }
}

/** The method a name means on a receiver. */
export function methodOf(receiver: GoValue, name: string): GoMethod | undefined {
  if (typeof receiver !== 'object' || receiver === null) return undefined
  if (receiver instanceof GoObject) return receiver.method(name)
  if (!isMap(receiver)) return undefined
  const methods = receiver[namedType]?.methods
  return methods !== undefined && Object.hasOwn(methods, name) ? methods[name] : undefined
}

/** A field of anything but a method; `hasArguments` when the template gives it some, which no field takes. */
export function fieldOf(state: State, receiver: Receiver, name: string, hasArguments: boolean): GoValue {
  const { value, boxed } = receiver
  if (value === undefined) {
    if (state.run.options.missingKey === 'error') state.fail(`nil data; no entry for key ${quoteGo(name)}`)
    return undefined
  }
  if (value === null) return state.fail(`nil pointer evaluating interface {}.${name}`)
  if (value instanceof GoObject) {
    const found = value.field(name)
    if (found === undefined)
      return state.fail(`can't evaluate field ${name} in type ${boxed ? 'interface {}' : value.goType}`)
    if (hasArguments) state.fail(`${name} has arguments but cannot be invoked as function`)
    return found
  }
  if (!isMap(value))
    return state.fail(`can't evaluate field ${name} in type ${boxed ? 'interface {}' : typeName(value)}`)
  if (hasArguments) state.fail(`${name} is not a method but has arguments`)
  return mapField(state, value, name)
}

/** Whether what a receiver's field gives is an `interface {}` to Go. */
export function boxesFields(receiver: GoValue): boolean {
  return typeof receiver === 'object' && receiver !== null && isMap(receiver) && receiver[elementType] === undefined
}
