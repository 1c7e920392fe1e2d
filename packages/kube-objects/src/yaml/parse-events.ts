import { type Event, parseEvents, YAMLException } from 'js-yaml'
import { MAX_DEPTH } from '../errors.ts'

/** Lines that are moved before a text counts as broken; each costs another reading up to it. */
const MAX_MOVED = 1000

/**
 * The events of a text as libyaml reads it: continuation lines of quoted scalars and flow collections may be indented less than what holds
 * them. `source` is the text that the offsets of the events are of: such lines are moved right in it, which means the same.
 */
export function readEvents(text: string): { events: Event[]; source: string } {
  let source = text
  for (let moved = 0; ; moved += 1) {
    try {
      return { events: parseEvents(source, { maxDepth: MAX_DEPTH }), source }
    } catch (error) {
      const at = moved < MAX_MOVED ? lineToMove(source, error) : undefined
      if (at === undefined) throw error
      source = `${source.slice(0, at)}${' '.repeat(MAX_DEPTH)}${source.slice(at)}`
    }
  }
}

/** The start of the line that is not indented enough; markers of documents stay errors. */
function lineToMove(source: string, error: unknown): number | undefined {
  if (!(error instanceof YAMLException) || error.reason !== 'deficient indentation' || !error.mark) return undefined
  const start = source.lastIndexOf('\n', error.mark.position - 1) + 1
  return /^(?:---|\.\.\.)(?:\s|$)/.test(source.slice(start, start + 4)) ? undefined : start
}
