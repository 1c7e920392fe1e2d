import type { Clock } from '@driftless/foundation'

/** An instant as the API stores it: RFC 3339 in whole seconds. */
export function instant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

/** Milliseconds of `clock` since an RFC 3339 instant. */
export function since(clock: Clock, time: string | null | undefined): number {
  return time === undefined || time === null ? 0 : clock.now().getTime() - new Date(time).getTime()
}
