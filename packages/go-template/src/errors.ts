import { type DriftlessError, defineErrors } from '@driftless/foundation'

/** Errors of templates; messages are Go's own, as users know them from Helm. */
export const TemplateErrors = defineErrors('TEMPLATE', {
  PARSE: { status: 400, message: (p: { message: string }) => p.message },
  EXECUTE: { status: 400, message: (p: { message: string }) => p.message },
})

/** Raised by a template function; the executor adds where it was called. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError'
}

/** A template that cannot be parsed, with Go's message. */
export class ParseFailure extends Error {
  override readonly name = 'ParseFailure'
  readonly template: string
  /** 1-based. */
  readonly line: number
  /** The message without template and line. */
  readonly reason: string

  constructor(template: string, line: number, reason: string) {
    super(`template: ${template}:${line}: ${reason}`)
    this.template = template
    this.line = line
    this.reason = reason
  }
}

/** A template that failed while it ran, with Go's message. */
export class ExecuteFailure extends FunctionError {
  readonly place: { readonly file: string; readonly line: number; readonly column: number } | undefined

  constructor(message: string, place: ExecuteFailure['place'], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.place = place
  }
}

/** Turns a failure inside the engine into the catalogue error that callers see; anything else passes. */
export function toTemplateError(thrown: unknown): DriftlessError | unknown {
  if (thrown instanceof ParseFailure) {
    const place = { file: thrown.template, line: thrown.line }
    return TemplateErrors.PARSE({ message: thrown.message }, { place, cause: thrown })
  }
  if (thrown instanceof ExecuteFailure) {
    const place = thrown.place
    return TemplateErrors.EXECUTE({ message: thrown.message }, { cause: thrown, ...(place && { place }) })
  }
  return thrown
}
