import { messageOf } from '@driftless/foundation'
import { parseYaml as parseYamlDocument } from '@driftless/kube-objects'
import { Failure } from '../evaluate/failure.ts'
import type { Machine } from '../evaluate/machine.ts'
import { ArrayValue, plainObject, typeOf, type Value } from '../evaluate/value.ts'
import { printIni } from '../manifest/ini.ts'
import { printPython, printPythonVars } from '../manifest/python.ts'
import { type JsonLayout, printJson } from '../manifest/text.ts'
import { printToml } from '../manifest/toml.ts'
import { printXml } from '../manifest/xml.ts'
import { printYamlDocument } from '../manifest/yaml.ts'
import { jsonProblem } from './json-problem.ts'
import { boolean, type Library, object, strict, text } from './signature.ts'

/** Reading and writing documents. */
export const documentFunctions: Library = {
  manifestJson: strict('value', (machine, value: Value) => printJson(machine, value, jsonLayout('    ', '\n', ': '))),
  manifestJsonEx: strict(
    'value indent newline? key_val_sep?',
    (machine, value: Value, indent: Value, newline: Value = '\n', colon: Value = ': ') =>
      printJson(machine, value, jsonLayout(text(indent), text(newline), text(colon))),
  ),
  manifestJsonMinified: strict('value', (machine, value: Value) => printJson(machine, value, jsonLayout('', '', ':'))),
  manifestYamlDoc: strict(
    'value indent_array_in_object? quote_keys?',
    (machine, value: Value, indentArrays: Value = false, quoteKeys: Value = true) =>
      printYamlDocument(machine, value, { indentArrays: boolean(indentArrays), quoteKeys: boolean(quoteKeys) }),
  ),
  manifestYamlStream: strict('value indent_array_in_object? c_document_end? quote_keys?', printStream),
  manifestToml: strict('value', (machine, value: Value) => printToml(machine, value, '  ')),
  manifestTomlEx: strict('value indent', (machine, value: Value, indent: Value) =>
    printToml(machine, value, text(indent)),
  ),
  manifestIni: strict('ini', printIni),
  manifestPython: strict('v', printPython),
  manifestPythonVars: strict('conf', (machine, conf: Value) => printPythonVars(machine, object(conf))),
  manifestXmlJsonml: strict('value', printXml),
  parseJson: strict('str', (machine, str: Value) => parseJson(machine, text(str))),
  parseYaml: strict('str', (machine, str: Value) => parseYaml(machine, text(str))),
}

function jsonLayout(indent: string, newline: string, colon: string): JsonLayout {
  return {
    indent,
    newline,
    colon,
    comma: ',',
    emptyArray: '[]',
    emptyObject: '{}',
    document: true,
  }
}

function printStream(
  machine: Machine,
  value: Value,
  indentArrays: Value = false,
  documentEnd: Value = true,
  quoteKeys: Value = true,
): string {
  if (!(value instanceof ArrayValue)) {
    throw new Failure(`manifestYamlStream only takes arrays, got ${typeOf(value)}`)
  }
  const style = { indentArrays: boolean(indentArrays), quoteKeys: boolean(quoteKeys) }
  const documents = machine.itemsOf(value).map((item) => printYamlDocument(machine, item, style))
  const end = boolean(documentEnd) ? '\n...\n' : '\n'
  return `---\n${documents.join('\n---\n')}${end}`
}

function parseJson(machine: Machine, source: string): Value {
  machine.spend(source.length)
  let parsed: unknown
  try {
    parsed = JSON.parse(source)
  } catch {
    throw new Failure(`failed to parse JSON: ${jsonProblem(source)}`)
  }
  return fromJson(parsed)
}

/** Several documents, or one after `---`, make an array. */
function parseYaml(machine: Machine, source: string): Value {
  machine.spend(source.length)
  const parts = source.split(/^(?=---(?:[ \t\r\n]|$))/m)
  const documents = parts.map((part) => {
    try {
      return fromJson(parseYamlDocument(part) ?? null)
    } catch (thrown) {
      throw new Failure(`failed to parse YAML: ${messageOf(thrown)}`)
    }
  })
  const stream = documents.length > 1 || /^---([ \t\r\n]|$)/.test(source)
  return stream ? new ArrayValue(documents) : (documents[0] ?? null)
}

/** Data of JSON as a value of Jsonnet. */
export function fromJson(data: unknown): Value {
  if (typeof data === 'string' || typeof data === 'boolean') return data
  if (typeof data === 'number') {
    if (Number.isFinite(data)) return data
    throw new Failure('Overflow')
  }
  if (data === null || typeof data !== 'object') return null
  if (Array.isArray(data)) return new ArrayValue(data.map(fromJson))
  return plainObject(Object.entries(data).map(([name, value]) => [name, fromJson(value)] as const))
}
