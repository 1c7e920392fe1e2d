import { messageOf } from '@driftless/foundation'
import { parseYamlDocuments } from '@driftless/kube-objects'
import type { Tool } from './find-subjects.ts'

/** Paths at which a tool disagrees with itself: certificates, passwords, times. */
export type Unsteady = ReadonlySet<string>

/** The documents of a text. Throws where it is no YAML or JSON. */
export function readDocuments(tool: Tool, text: string): unknown[] {
  if (tool === 'jsonnet') return [JSON.parse(text)]
  return parseYamlDocuments(text).filter((document) => document !== null && document !== undefined)
}

/** Where two values first differ, with both values, or undefined; `unsteady` paths are passed over. */
export function firstDifference(
  expected: unknown,
  actual: unknown,
  unsteady: Unsteady = new Set(),
): string | undefined {
  for (const { path, left, right } of differences(expected, actual, '')) {
    if (!unsteady.has(path)) return `${path}: ${brief(left)} ≠ ${brief(right)}`
  }
  return undefined
}

/** All the paths at which two values differ. */
export function differingPaths(one: unknown, other: unknown): Unsteady {
  return new Set([...differences(one, other, '')].map(({ path }) => path))
}

/** Line and text at which two texts part. */
export function firstLine(expected: string, actual: string): string {
  const [left, right] = [expected.split('\n'), actual.split('\n')]
  const at = left.findIndex((line, index) => line !== right[index])
  const line = at < 0 ? left.length : at
  return `line ${line + 1}: ${brief(left[line])} ≠ ${brief(right[line])}`
}

/** Reads both texts and compares them; a text that cannot be read is a difference. */
export function compareDocuments(
  tool: Tool,
  texts: { readonly expected: string; readonly actual: string },
  unsteady?: Unsteady,
): string | undefined {
  try {
    return firstDifference(readDocuments(tool, texts.expected), readDocuments(tool, texts.actual), unsteady)
  } catch (error) {
    return `${messageOf(error)}; ${firstLine(texts.expected, texts.actual)}`
  }
}

interface Difference {
  readonly path: string
  readonly left: unknown
  readonly right: unknown
}

function* differences(left: unknown, right: unknown, path: string): Generator<Difference> {
  if (Object.is(left, right)) return
  if (!isContainer(left) || !isContainer(right) || Array.isArray(left) !== Array.isArray(right)) {
    yield { path, left, right }
    return
  }
  const keys = new Set([...Object.keys(left), ...Object.keys(right)])
  for (const key of keys)
    yield* differences(left[key], right[key], Array.isArray(left) ? `${path}[${key}]` : `${path}.${key}`)
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
