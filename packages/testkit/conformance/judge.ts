import type { Subject } from './find-subjects.ts'
import { compareDocuments, differingPaths, firstLine, readDocuments, type Unsteady } from './first-difference.ts'
import type { Outcome } from './outcome.ts'

/** The verdict on one subject; `error` where one fails and the other does not. */
export interface Verdict {
  readonly verdict: 'equal' | 'different' | 'error'
  readonly why?: string
  /** Both fail, with other words. */
  readonly otherWords?: boolean
}

/**
 * Compares an engine with its tool: documents in order and field by field, the text too for kustomize. `again` renders once more with
 * the tool, asked only on a difference, so that what the tool makes up at random does not count.
 */
export async function judge(
  subject: Subject,
  { expected, actual }: { readonly expected: Outcome; readonly actual: Outcome },
  again: () => Promise<Outcome>,
): Promise<Verdict> {
  if (!expected.ok && !actual.ok) {
    const same = plain(expected.message) === plain(actual.message)
    return same
      ? { verdict: 'equal' }
      : { verdict: 'equal', otherWords: true, why: firstLine(plain(expected.message), plain(actual.message)) }
  }
  if (!expected.ok) return { verdict: 'error', why: `only the tool fails: ${plain(expected.message)}` }
  if (!actual.ok) return { verdict: 'error', why: `only the engine fails: ${plain(actual.message)}` }
  if (expected.text === actual.text) return { verdict: 'equal' }
  const texts = { expected: expected.text, actual: actual.text }
  const unsteady = await unsteadyPaths(subject, expected.text, again)
  const fields = compareDocuments(subject.tool, texts, unsteady)
  if (fields !== undefined) return { verdict: 'different', why: fields }
  return subject.tool === 'kustomize'
    ? { verdict: 'different', why: `text, ${firstLine(texts.expected, texts.actual)}` }
    : { verdict: 'equal' }
}

async function unsteadyPaths(subject: Subject, text: string, again: () => Promise<Outcome>): Promise<Unsteady> {
  if (subject.tool !== 'helm') return new Set()
  const second = await again()
  if (!second.ok || second.text === text) return new Set()
  try {
    return differingPaths(readDocuments(subject.tool, text), readDocuments(subject.tool, second.text))
  } catch {
    return new Set()
  }
}

function plain(message: string): string {
  return message.replace(/\n\nUse --debug flag to render out invalid YAML$/, '').trim()
}
