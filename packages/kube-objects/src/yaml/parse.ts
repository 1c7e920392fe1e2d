import { YAMLException } from 'js-yaml'
import { YamlErrors } from '../errors.ts'
import { type ConstructedDocument, type ConstructOptions, ConstructProblem, constructDocuments } from './construct.ts'
import { readEvents } from './parse-events.ts'

/** How a text is read. */
export interface ParseYamlOptions extends ConstructOptions {
  /** Named in errors. */
  file?: string
}

/**
 * Parses all documents of a YAML or JSON text as sigs.k8s.io/yaml does; empty documents are dropped.
 * Repeated keys are errors unless `duplicateKeys` is `last`. Integers beyond 2^53 become the nearest number.
 * Throws `YAML_INVALID` with its place.
 */
export function parseYamlDocuments(text: string, options: ParseYamlOptions = {}): unknown[] {
  return parseLocated(text, options)
    .map((document) => document.value)
    .filter((value) => value !== null)
}

/** Parses one document; an empty text is null. Throws `YAML_INVALID` for several documents. */
export function parseYaml(text: string, options: ParseYamlOptions = {}): unknown {
  const documents = parseLocated(text, options).filter((document) => document.value !== null)
  const second = documents[1]
  if (second)
    throw invalid(text, second.offset, {
      reason: 'one document is expected, this starts another one',
      file: options.file,
    })
  return documents[0]?.value ?? null
}

/** Documents with the offset of their content, empty ones included. */
export function parseLocated(text: string, options: ParseYamlOptions): ConstructedDocument[] {
  try {
    const { events, source } = readEvents(text)
    return constructDocuments(source, events, options)
  } catch (error) {
    if (error instanceof ConstructProblem)
      throw invalid(text, error.offset, { reason: error.message, file: options.file })
    if (error instanceof YAMLException) {
      throw invalid(text, error.mark?.position ?? 0, { reason: error.reason, file: options.file })
    }
    throw error
  }
}

/** 1-based line and column of an offset. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, Math.max(0, offset))
  const lines = before.split('\n')
  return { line: lines.length, column: (lines[lines.length - 1]?.length ?? 0) + 1 }
}

function invalid(text: string, offset: number, about: { reason: string; file?: string }): Error {
  const { line, column } = positionOf(text, offset)
  return YamlErrors.INVALID({ ...about, line, column }, { place: { file: about.file, line, column } })
}
