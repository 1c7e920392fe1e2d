import { defineErrors } from './errors.ts'

/** Errors of budgets that ran out. */
export const LimitErrors = defineErrors('LIMIT', {
  EXCEEDED: {
    status: 400,
    message: (p: { what: string; limit: number }) =>
      `${p.what} exceeds the limit of ${p.limit}; make the input smaller or raise the limit`,
  },
})

/** A countdown of something hostile input could use up: bytes, steps, nodes, depth. */
export interface Budget {
  /** Takes `amount` from what is left; throws `LIMIT_EXCEEDED` when there is not enough. */
  spend(amount: number): void
  readonly left: number
}

/** Creates a budget of `limit` units of `what`, which names it in the error. */
export function createBudget(what: string, limit: number): Budget {
  let left = limit
  return {
    get left() {
      return left
    },
    spend(amount) {
      left -= amount
      if (left < 0) throw LimitErrors.EXCEEDED({ what, limit })
    },
  }
}
