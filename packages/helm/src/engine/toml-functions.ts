import { messageOf } from '@driftless/foundation'
import {
  FunctionError,
  fn,
  fromPlain,
  type GoMap,
  type GoValue,
  Int,
  isList,
  isMap,
  sortedKeys,
  type TemplateFunction,
} from '@driftless/go-template'
import { parse } from 'smol-toml'

const bareKey = /^[A-Za-z0-9_-]+$/

const escapes: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}

function quoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: TOML escapes control characters
  return `"${text.replace(/["\\\u0000-\u001f\u007f]/g, (char) => escapes[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`
}

const keyText = (key: string) => (bareKey.test(key) ? key : quoted(key))
const isTable = (value: GoValue): value is GoMap => typeof value === 'object' && value !== null && isMap(value)
const isTableArray = (value: GoValue): value is GoMap[] => isList(value) && value.length > 0 && value.every(isTable)

/** A value on one line. */
function inline(value: GoValue): string {
  if (value === null || value === undefined) throw new FunctionError('toml: cannot encode array with nil element')
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return floatText(value)
  if (value instanceof Int) return value.toString()
  if (isList(value)) return `[${value.map(inline).join(', ')}]`
  if (isTable(value))
    return `{${entries(value)
      .map(([key, item]) => `${keyText(key)} = ${inline(item)}`)
      .join(', ')}}`
  return quoted(value.print())
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e21)) return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
  return Number.isInteger(value) ? `${BigInt(value)}.0` : String(value)
}

const entries = (table: GoMap) =>
  sortedKeys(table)
    .map((key): [string, GoValue] => [key, table[key]])
    .filter(([, value]) => value !== null && value !== undefined)

/** Writes a table: plain keys first, then its tables, one indent deeper each level. */
function writeTable(table: GoMap, path: readonly string[], out: string[]): void {
  const indent = '  '.repeat(Math.max(path.length - 1, 0))
  const inner = path.length === 0 ? '' : `${indent}  `
  const all = entries(table)
  for (const [key, value] of all)
    if (!isTable(value) && !isTableArray(value)) out.push(`${inner}${keyText(key)} = ${inline(value)}`)
  for (const [key, value] of all) {
    const next = [...path, keyText(key)]
    const head = path.length === 0 ? '' : inner
    if (isTable(value)) {
      startTable(out, path)
      out.push(`${head}[${next.join('.')}]`)
      writeTable(value, next, out)
    } else if (isTableArray(value)) {
      for (const item of value) {
        startTable(out, path)
        out.push(`${head}[[${next.join('.')}]]`)
        writeTable(item, next, out)
      }
    }
  }
}

/** A blank line before each top-level table but the first line. */
function startTable(out: string[], path: readonly string[]): void {
  if (path.length === 0 && out.length > 0) out.push('')
}

function toToml(value: GoValue): string {
  if (!isTable(value)) throw new FunctionError('toml: top-level values must be Go maps or structs')
  const out: string[] = []
  writeTable(value, [], out)
  return out.length === 0 ? '' : `${out.join('\n')}\n`
}

function quietly(value: GoValue): string {
  try {
    return toToml(value)
  } catch (thrown) {
    if (thrown instanceof FunctionError) return thrown.message
    throw thrown
  }
}

function fromToml(text: string): GoMap {
  try {
    return fromPlain(withIntegers(parse(text, { integersAsBigInt: true }))) as GoMap
  } catch (thrown) {
    return { Error: `toml: ${messageOf(thrown)}` }
  }
}

/** TOML integers are `int64`, dates their text. */
function withIntegers(value: unknown): unknown {
  if (typeof value === 'bigint') return new Int('int64', value)
  if (Array.isArray(value)) return value.map(withIntegers)
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withIntegers(item)]))
}

/** TOML functions of Helm. */
export const tomlFunctions: Readonly<Record<string, TemplateFunction>> = {
  toToml: fn(['any'], quietly),
  mustToToml: fn(['any'], toToml),
  fromToml: fn(['string'], fromToml),
}
