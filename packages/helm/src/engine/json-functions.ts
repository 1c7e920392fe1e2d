import { messageOf } from '@driftless/foundation'
import {
  FunctionError,
  fn,
  type GoMap,
  type GoValue,
  isList,
  isMap,
  readJson,
  type TemplateFunction,
  typeName,
  writeJson,
} from '@driftless/go-template'

function toJson(value: GoValue): string {
  try {
    return writeJson(value)
  } catch (thrown) {
    if (thrown instanceof FunctionError) return ''
    throw thrown
  }
}

function mismatch(value: GoValue, target: string): string {
  const type = typeName(value)
  const found = isList(value) ? 'array' : type === 'float64' ? 'number' : type.startsWith('map[') ? 'object' : type
  return `json: cannot unmarshal ${found} into Go value of type ${target}`
}

function fromJson(text: string): GoMap {
  try {
    const value = readJson(text)
    if (value === null || value === undefined) return {}
    return typeof value === 'object' && isMap(value) ? value : { Error: mismatch(value, 'map[string]interface {}') }
  } catch (thrown) {
    return { Error: messageOf(thrown) }
  }
}

function fromJsonArray(text: string): GoValue[] {
  try {
    const value = readJson(text)
    if (value === null || value === undefined) return []
    return isList(value) ? value : [mismatch(value, '[]interface {}')]
  } catch (thrown) {
    return [messageOf(thrown)]
  }
}

/** JSON functions of Helm. */
export const jsonFunctions: Readonly<Record<string, TemplateFunction>> = {
  toJson: fn(['any'], toJson),
  mustToJson: fn(['any'], (value) => writeJson(value)),
  fromJson: fn(['string'], fromJson),
  fromJsonArray: fn(['string'], fromJsonArray),
}
