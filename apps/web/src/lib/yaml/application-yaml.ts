import { type Application, application as applicationSchema } from '@driftless/model'
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'

/** What is wrong with a text, and on which 1-based line. */
export interface YamlProblem {
  readonly message: string
  readonly line: number | undefined
}

export type ParsedApplication =
  | { readonly ok: true; readonly application: Application }
  | { readonly ok: false; readonly problem: YamlProblem }

/** Reads an Application from YAML; the problem names the line, or the field that is wrong. */
export function parseApplicationYaml(text: string): ParsedApplication {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false })
  const error = document.errors[0]
  if (error !== undefined) return failed(error.message, counter.linePos(error.pos[0]).line)
  // A handful of aliases is honest; a bomb of them is not read.
  const value: unknown = toValue(document)
  const checked = applicationSchema.safeParse(value)
  if (checked.success) return { ok: true, application: checked.data }
  const issue = checked.error.issues[0]
  const path = (issue?.path ?? []).map(String)
  const message = path.length === 0 ? (issue?.message ?? '') : `${path.join('.')}: ${issue?.message ?? ''}`
  return failed(message, lineOf(document, counter, path))
}

function toValue(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 })
  } catch {
    return undefined
  }
}

function failed(message: string, line: number | undefined): ParsedApplication {
  return { ok: false, problem: { message, line } }
}

/** The line of the deepest field of the path that is there. */
function lineOf(
  document: ReturnType<typeof parseDocument>,
  counter: LineCounter,
  path: readonly string[],
): number | undefined {
  let line: number | undefined
  let at: unknown = document.contents
  for (const name of path) {
    if (!isMap(at)) return line
    const pair = at.items.find((item) => isScalar(item.key) && item.key.value === name)
    if (pair === undefined) return line
    if (isScalar(pair.key) && pair.key.range) line = counter.linePos(pair.key.range[0]).line
    at = pair.value
  }
  return line
}
