/** How long to wait between attempts. */
export interface BackoffPolicy {
  /** First wait in milliseconds. */
  readonly base: number
  /** Multiplier of each further wait. */
  readonly factor: number
  /** Longest wait in milliseconds; 0 or less means no cap. */
  readonly cap: number
}

/** The wait before attempt `attempt + 1`, where `attempt` counts the attempts made so far from 0. */
export function backoffDelay(policy: BackoffPolicy, attempt: number): number {
  const delay = policy.base * policy.factor ** attempt
  return policy.cap > 0 ? Math.min(policy.cap, delay) : delay
}
