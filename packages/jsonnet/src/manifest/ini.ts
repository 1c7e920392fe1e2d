import { Failure } from '../evaluate/failure.ts'
import type { Machine } from '../evaluate/machine.ts'
import { findField } from '../evaluate/object-fields.ts'
import { visibleFields } from '../evaluate/operators.ts'
import { ArrayValue, ObjectValue, typeOf, type Value } from '../evaluate/value.ts'
import { toText } from './text.ts'

/** `std.manifestIni`: the main section, then the others by name. */
export function printIni(machine: Machine, value: Value): string {
  const ini = asObject(value)
  const lines: string[] = []
  if (findField(ini, 'main') !== undefined && visibleFields(ini).includes('main')) {
    lines.push(...printSection(machine, machine.field(ini, 'main')))
  }
  const sections = asObject(machine.field(ini, 'sections'))
  for (const name of visibleFields(sections)) {
    lines.push(`[${name}]`, ...printSection(machine, machine.field(sections, name)))
  }
  return [...lines, ''].join('\n')
}

function printSection(machine: Machine, value: Value): string[] {
  const section = asObject(value)
  return visibleFields(section).flatMap((name) => {
    const body = machine.field(section, name)
    const values = body instanceof ArrayValue ? machine.itemsOf(body) : [body]
    return values.map((item) => `${name} = ${toText(machine, item)}`)
  })
}

function asObject(value: Value): ObjectValue {
  if (value instanceof ObjectValue) return value
  throw new Failure(`Unexpected type ${typeOf(value)}, expected object`)
}
