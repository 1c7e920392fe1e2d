import { messageOf } from '@driftless/foundation'
import type { HelmVersion } from '../engine/helm-version.ts'
import { HelmErrors } from '../errors.ts'
import { isTable, loadValues, mergeMaps, type Table } from './load-values.ts'
import { applySet, type SetKind, SetProblem } from './set-grammar.ts'

/** Values that a caller gives besides the chart's own, as `helm` takes them from its flags. */
export interface ValueInputs {
  /** Files already read, lowest precedence first. */
  readonly valuesFiles?: readonly { readonly path: string; readonly text: string }[]
  /** Merged after the files. */
  readonly values?: unknown
  readonly set?: readonly string[]
  readonly setString?: readonly string[]
  readonly setJson?: readonly string[]
  readonly setLiteral?: readonly string[]
  /** Paths of the `--set-file` grammar with the content that is to be set. */
  readonly setFile?: readonly { readonly path: string; readonly content: string }[]
}

/** Merges value files, values and `--set` expressions in Helm's order: json, set, string, file, literal. Throws `HELM_VALUES_INVALID`. */
export function mergeInputs(inputs: ValueInputs, helm: HelmVersion = '4'): Table {
  let values: Table = {}
  for (const { path, text } of inputs.valuesFiles ?? []) values = mergeMaps(values, parseFile(path, text, helm))
  if (isTable(inputs.values)) values = mergeMaps(values, inputs.values)
  else values = mergeMaps(values, {})
  for (const expression of inputs.setJson ?? []) values = applyJson(expression, values)
  for (const expression of inputs.set ?? []) apply(expression, values, 'set')
  for (const expression of inputs.setString ?? []) apply(expression, values, 'set-string')
  for (const { path, content } of inputs.setFile ?? []) applyFile(path, content, values)
  for (const expression of inputs.setLiteral ?? []) apply(expression, values, 'set-literal')
  return values
}

function parseFile(path: string, text: string, helm: HelmVersion): Table {
  try {
    return loadValues(text, helm)
  } catch (cause) {
    throw HelmErrors.VALUES_INVALID(
      { message: `failed to parse ${path}: ${messageOf(cause)}` },
      { cause, place: { file: path } },
    )
  }
}

function apply(expression: string, values: Table, kind: SetKind): void {
  guarded(
    () => applySet(expression, values, { kind }),
    (reason) => `failed parsing --${kind} data: ${reason}`,
  )
}

function applyJson(expression: string, values: Table): Table {
  const text = expression.trim()
  if (text.startsWith('{')) {
    return mergeMaps(values, parseObject(text, expression))
  }
  guarded(
    () => applySet(expression, values, { kind: 'set-json' }),
    () => `failed parsing --set-json data ${expression}`,
  )
  return values
}

function parseObject(text: string, expression: string): Table {
  try {
    const data = JSON.parse(text) as unknown
    if (isTable(data)) return data
  } catch {
    // Reported below like any other wrong text.
  }
  throw HelmErrors.VALUES_INVALID({ message: `failed parsing --set-json data JSON: ${expression}` })
}

/** `path` is the key alone; the content stands for the file that the flag names. */
function applyFile(path: string, content: string, values: Table): void {
  const expression = path.includes('=') ? path : `${path}=file`
  guarded(
    () => applySet(expression, values, { kind: 'set-file', readFile: () => content }),
    (reason) => `failed parsing --set-file data: ${reason}`,
  )
}

function guarded(work: () => void, message: (reason: string) => string): void {
  try {
    work()
  } catch (cause) {
    if (!(cause instanceof SetProblem)) throw cause
    throw HelmErrors.VALUES_INVALID({ message: message(cause.message) }, { cause })
  }
}
