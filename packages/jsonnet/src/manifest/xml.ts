import { Failure } from '../evaluate/failure.ts'
import type { Machine } from '../evaluate/machine.ts'
import { outOfBounds, visibleFields } from '../evaluate/operators.ts'
import { ArrayValue, ObjectValue, typeOf, type Value } from '../evaluate/value.ts'
import { toText } from './text.ts'

/** `std.manifestXmlJsonml`: an element as `[name, attributes?, children…]`. */
export function printXml(machine: Machine, value: Value): string {
  if (!(value instanceof ArrayValue)) {
    throw new Failure(`Expected a JSONML value (an array), got ${typeOf(value)}`)
  }
  return printElement(machine, value)
}

function printElement(machine: Machine, value: Value): string {
  if (typeof value === 'string') return value
  if (!(value instanceof ArrayValue)) throw new Failure(`Expected string or array, got ${typeOf(value)}`)
  machine.enter()
  const [name, ...rest] = machine.itemsOf(value)
  if (name === undefined) throw outOfBounds(0, 0)
  const tag = toText(machine, name)
  const [first] = rest
  const attributes = first instanceof ObjectValue ? printAttributes(machine, first) : ''
  const children = first instanceof ObjectValue ? rest.slice(1) : rest
  const body = children.map((child) => printElement(machine, child)).join('')
  machine.leave()
  machine.checkLength(body.length)
  return `<${tag}${attributes}>${body}</${tag}>`
}

function printAttributes(machine: Machine, attributes: ObjectValue): string {
  return visibleFields(attributes)
    .map((name) => ` ${name}="${toText(machine, machine.field(attributes, name))}"`)
    .join('')
}
