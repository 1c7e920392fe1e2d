/** Why an expression gave no paths; `runtime` when it could be read but did not fit the document. */
export interface JqProblem {
  readonly reason: string
  readonly runtime: boolean
}

/** Thrown inside the engine only. */
export class JqFailure extends Error {
  readonly runtime: boolean
  constructor(reason: string, runtime: boolean) {
    super(reason)
    this.runtime = runtime
  }
}
