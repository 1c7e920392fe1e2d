import { defineErrors } from '@driftless/foundation'

/** Errors of durations in specs. */
export const DurationErrors = defineErrors('DURATION', {
  INVALID: {
    status: 400,
    message: (p: { text: string }) =>
      `"${p.text}" is no duration: write seconds, or a number with a unit such as 30s, 5m or 1h30m`,
  },
})

const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

/** Milliseconds of a Go duration (`1m30s`) or of plain seconds (spec: objects §1.3). */
export function parseDuration(text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text) * 1000
  let rest = text
  let total = 0
  while (rest !== '') {
    const match = /^(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/.exec(rest)
    if (match === null) throw DurationErrors.INVALID({ text })
    total += Number(match[1]) * (units[match[2] ?? ''] ?? 0)
    rest = rest.slice(match[0].length)
  }
  if (text === '') throw DurationErrors.INVALID({ text })
  return total
}
