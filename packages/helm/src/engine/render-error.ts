import { ExecuteFailure, ParseFailure } from '@driftless/go-template'
import { HelmErrors } from '../errors.ts'
import type { HelmVersion } from './helm-version.ts'
import { authorMarks } from './template-functions.ts'

/** Turns a failure of the template engine into Helm's message; anything else passes untouched. */
export function toRenderError(thrown: unknown, file: string, helm: HelmVersion): unknown {
  if (thrown instanceof ParseFailure) {
    const place = { file: thrown.template, line: thrown.line }
    return HelmErrors.RENDER_FAILED({ message: parseMessage(thrown, file) }, { cause: thrown, place })
  }
  if (thrown instanceof ExecuteFailure) {
    return HelmErrors.RENDER_FAILED(
      { message: executeMessage(thrown, helm) },
      { cause: thrown, ...(thrown.place && { place: thrown.place }) },
    )
  }
  return thrown
}

function parseMessage(failure: ParseFailure, file: string): string {
  const tokens = failure.message.split(': ')
  if (tokens.length === 1) return `parse error in (${file}): ${failure.message}`
  return `parse error at (${tokens[1]}): ${tokens.at(-1)}`
}

interface Trace {
  readonly location: string
  readonly executed: string
  readonly message: string
}

/** What an author said with `fail` or `required` stands alone; other failures are told step by step when every step can be read. */
function executeMessage(failure: ExecuteFailure, helm: HelmVersion): string {
  const text = failure.message
  const location = text.split(': ', 2)[1]
  const start = text.indexOf(authorMarks.start)
  const end = text.lastIndexOf(authorMarks.end)
  if (start >= 0 && end > start)
    return `execution error at (${location}): ${text.slice(start + authorMarks.start.length, end)}`
  // Helm 3 prints Go's message as it stands.
  if (helm === '3') return text
  const traces: Trace[] = []
  for (let current: unknown = failure; current instanceof Error; current = current.cause) {
    const trace = readTrace(current.message)
    if (trace === undefined) return text
    const last = traces.at(-1)
    if (
      last === undefined ||
      last.location !== trace.location ||
      last.executed !== trace.executed ||
      last.message !== trace.message
    )
      traces.push(trace)
  }
  return traces.map(printTrace).join('').trim()
}

function readTrace(text: string): Trace | undefined {
  if (!text.startsWith('template: ')) return undefined
  const rest = text.slice('template: '.length)
  if (rest.startsWith('no template ')) return { location: '', executed: '', message: text }
  return readExecuting(rest) ?? readSimple(rest)
}

function readExecuting(rest: string): Trace | undefined {
  const mark = rest.indexOf(': executing ')
  if (mark < 0) return undefined
  const match = /^"([^"]*)" at <([\s\S]*?)>: ([\s\S]*)$/.exec(rest.slice(mark + ': executing '.length))
  if (match === null) return undefined
  const [, name, node, message = ''] = match
  return { location: rest.slice(0, mark), executed: `executing "${name}" at <${node}>:`, message: cutNext(message) }
}

function readSimple(rest: string): Trace | undefined {
  const at = rest.lastIndexOf(': ')
  return at < 0 ? undefined : { location: rest.slice(0, at), executed: '', message: cutNext(rest.slice(at + 2)) }
}

function cutNext(message: string): string {
  const next = message.indexOf(' template:')
  return next < 0 ? message : message.slice(0, next)
}

function printTrace({ location, executed, message }: Trace): string {
  return (
    (location === '' ? '' : `${location}\n  `) +
    (executed === '' ? '' : `${executed}\n    `) +
    (message === '' ? '' : `${message}\n`)
  )
}
