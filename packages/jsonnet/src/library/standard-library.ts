import { type FieldEntry, Link, NativeFunction, ObjectValue, plainField } from '../evaluate/value.ts'
import { arrayFunctions } from './arrays.ts'
import { documentFunctions } from './documents.ts'
import { encodingFunctions } from './encodings.ts'
import { mathFunctions } from './math.ts'
import { objectFunctions } from './objects.ts'
import { setFunctions } from './sets.ts'
import type { Library } from './signature.ts'
import { stringFunctions } from './strings.ts'
import { typeFunctions } from './types.ts'

const tables: readonly Library[] = [
  typeFunctions,
  mathFunctions,
  stringFunctions,
  arrayFunctions,
  setFunctions,
  objectFunctions,
  documentFunctions,
  encodingFunctions,
]

/** The object `std` of a file: everything hidden, `thisFile` its own. */
export function standardLibrary(thisFile: string): ObjectValue {
  const own = new Map<string, FieldEntry>([['thisFile', plainField(thisFile, 'hidden')]])
  return new ObjectValue(new Link({ fields: own, outer: [], locals: [], asserts: [] }, base))
}

function sharedFields(): Map<string, FieldEntry> {
  const fields = new Map<string, FieldEntry>([['pi', plainField(Math.PI, 'hidden')]])
  for (const table of tables) {
    for (const [name, { parameters, required, run }] of Object.entries(table)) {
      fields.set(name, plainField(new NativeFunction(name, parameters, { required, run }), 'hidden'))
    }
  }
  return fields
}

const base = new Link({ fields: sharedFields(), outer: [], locals: [], asserts: [] }, undefined)
