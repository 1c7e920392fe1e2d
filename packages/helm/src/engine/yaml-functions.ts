import { messageOf } from '@driftless/foundation'
import {
  FunctionError,
  fn,
  fromPlain,
  type GoMap,
  type GoValue,
  isList,
  isMap,
  type TemplateFunction,
  toPlain,
  typeName,
} from '@driftless/go-template'
import { printYaml } from '@driftless/kube-objects'
import { readYaml } from '../read-yaml.ts'
import { printYamlPretty } from './pretty-yaml.ts'

/** YAML text of a value without the last line break. */
export function toYaml(value: GoValue): string {
  const text = printYaml(toPlain(value))
  return text.endsWith('\n') ? text.slice(0, -1) : text
}

function orEmpty(make: () => string): string {
  try {
    return make()
  } catch (thrown) {
    if (thrown instanceof FunctionError || !isEncodingProblem(thrown)) throw thrown
    return ''
  }
}

const isEncodingProblem = (thrown: unknown) =>
  thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('OBJECT_')

function decode(text: string): GoValue {
  return fromPlain(readYaml(text))
}

function intoMismatch(value: GoValue, target: string): string {
  const found = isList(value)
    ? 'array'
    : value !== null && typeof value === 'object' && isMap(value)
      ? 'object'
      : jsonKind(value)
  return `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${found} into Go value of type ${target}`
}

function jsonKind(value: GoValue): string {
  const type = typeName(value)
  return type === 'float64' ? 'number' : type
}

function fromYaml(text: string): GoMap {
  try {
    const value = decode(text)
    if (value === null || value === undefined) return {}
    if (typeof value === 'object' && isMap(value)) return value
    return { Error: intoMismatch(value, 'map[string]interface {}') }
  } catch (thrown) {
    return { Error: messageOf(thrown) }
  }
}

function fromYamlArray(text: string): GoValue[] {
  try {
    const value = decode(text)
    if (value === null || value === undefined) return []
    return isList(value) ? value : [intoMismatch(value, '[]interface {}')]
  } catch (thrown) {
    return [messageOf(thrown)]
  }
}

/** YAML functions of Helm. */
export const yamlFunctions: Readonly<Record<string, TemplateFunction>> = {
  toYaml: fn(['any'], (value) => orEmpty(() => toYaml(value))),
  mustToYaml: fn(['any'], toYaml),
  toYamlPretty: fn(['any'], (value) => orEmpty(() => printYamlPretty(toPlain(value)))),
  fromYaml: fn(['string'], fromYaml),
  fromYamlArray: fn(['string'], fromYamlArray),
}
