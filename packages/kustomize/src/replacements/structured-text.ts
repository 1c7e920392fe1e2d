import { type Document, isCollection, parseDocument } from 'yaml'
import { goJson } from '../generators/go-json.ts'
import { readDocuments } from '../values/read-documents.ts'
import { isMap } from '../values/scalar.ts'
import { cloneTree, settle } from '../values/tree.ts'

/** A text that holds JSON or YAML: its value, and how a changed value is written back in its form. */
export interface StructuredText {
  readonly value: { [field: string]: unknown }
  print(): string
}

/** Reads a text that holds a JSON or YAML mapping or list; undefined for every other text. */
export function readStructuredText(text: string): StructuredText | undefined {
  const [value] = attempt(() => readDocuments(text, 'field')) ?? []
  if (!isMap(value) && !Array.isArray(value)) return undefined
  const holder = value as { [field: string]: unknown }
  if (/^\s*[{[]/.test(text)) {
    const indent = text.includes('\n') && text.includes('  ') ? 2 : 0
    return { value: holder, print: () => goJson(settle(cloneTree(value), false), indent) }
  }
  const before = cloneTree(value)
  return { value: holder, print: () => printYaml(text, before, value) }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Changed places are written into the text as it was, so that comments and order stay. */
function printYaml(text: string, before: unknown, after: unknown): string {
  const document = parseDocument(text)
  change(document, [], { before, after })
  return document.toString({ indentSeq: false, lineWidth: 0 }).trim()
}

function change(
  document: Document,
  path: readonly (string | number)[],
  values: { before: unknown; after: unknown },
): void {
  const { before, after } = values
  const node = path.length === 0 ? document.contents : document.getIn(path, true)
  const bothMaps = isMap(before) && isMap(after)
  const bothLists = Array.isArray(before) && Array.isArray(after)
  if ((bothMaps || bothLists) && isCollection(node)) {
    for (const key of Object.keys(after as object)) {
      const at = bothLists ? Number(key) : key
      const field = (value: unknown) => (value as { [field: string]: unknown })[key]
      change(document, [...path, at], { before: field(before), after: field(after) })
    }
    return
  }
  if (before !== after) document.setIn(path, settle(cloneTree(after), false))
}
