/** What an entry of an error catalogue fixes for every error of that name. */
export interface ErrorDefinition<P> {
  /** HTTP status that an API edge answers with. */
  readonly status: number
  /** True when the same call can succeed later without a change of its input. */
  readonly retryable?: boolean
  /** Says the thing, the place, the reason and the remedy; never a credential. */
  readonly message: (params: P) => string
}

/** Where an error happened: a file position, an object, or both. */
export interface ErrorPlace {
  readonly file?: string
  /** 1-based. */
  readonly line?: number
  /** 1-based. */
  readonly column?: number
  /** `<group>/<Kind> <namespace>/<name>` of the object at fault. */
  readonly object?: string
}

/** Options of a raised catalogue error. */
export interface RaiseOptions {
  readonly cause?: unknown
  readonly place?: ErrorPlace
}

/** An expected failure of the product, identified by a code that is never reused. */
export class DriftlessError extends Error {
  override readonly name = 'DriftlessError'
  /** `<AREA>_<NAME>`, stable. */
  readonly code: string
  readonly status: number
  readonly retryable: boolean
  readonly place: ErrorPlace | undefined

  constructor(fields: { code: string; message: string; status: number; retryable?: boolean } & RaiseOptions) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause })
    this.code = fields.code
    this.status = fields.status
    this.retryable = fields.retryable ?? false
    this.place = fields.place
  }
}

type ParamsOf<D> = D extends ErrorDefinition<infer P> ? P : never

/** The raisers of a catalogue: `Errors.NAME(params)` makes the error, the caller throws or returns it. */
export type ErrorCatalogue<T> = {
  readonly [K in keyof T]: ((params: ParamsOf<T[K]>, options?: RaiseOptions) => DriftlessError) & {
    readonly code: string
  }
}

/** Builds the raisers of one area's catalogue; codes are `<AREA>_<NAME>`. */
// biome-ignore lint/suspicious/noExplicitAny: the parameter type of each entry is inferred, `any` only opens the bound
export function defineErrors<T extends Record<string, ErrorDefinition<any>>>(
  area: string,
  catalogue: T,
): ErrorCatalogue<T> {
  const raisers = Object.entries(catalogue).map(([name, definition]) => {
    const code = `${area}_${name}`
    const raise = (params: unknown, options: RaiseOptions = {}) =>
      new DriftlessError({
        code,
        message: definition.message(params),
        status: definition.status,
        retryable: definition.retryable ?? false,
        ...options,
      })
    return [name, Object.assign(raise, { code })]
  })
  return Object.fromEntries(raisers) as ErrorCatalogue<T>
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
