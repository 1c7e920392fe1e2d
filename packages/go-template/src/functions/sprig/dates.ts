import { FunctionError } from '../../errors.ts'
import type { Runtime } from '../../execute/runtime.ts'
import { parseDuration, printDuration } from '../../time/duration.ts'
import { GoTime, shiftTime, timeOf } from '../../time/go-time.ts'
import { parseTime } from '../../time/parse-time.ts'
import { loadZone, utc } from '../../time/zone.ts'
import type { GoValue } from '../../value/go-value.ts'
import { Int } from '../../value/int.ts'
import { fn, type TemplateFunction, withRun } from '../signature.ts'

const second = 1_000_000_000n

/** The instant a date argument means: a time, whole seconds since 1970, or now. */
function instant(run: Runtime, value: GoValue): GoTime {
  if (value instanceof GoTime) return value
  if (value instanceof Int && ['int', 'int32', 'int64'].includes(value.kind)) return new GoTime(value.value * second)
  return timeOf(run.options.now())
}

function dateInZone(run: Runtime, layout: string, place: { value: GoValue; zone: string }): string {
  const zone = loadZone(place.zone) ?? utc
  return new GoTime(instant(run, place.value).nanoseconds, zone).format(layout)
}

function ago(run: Runtime, value: GoValue): string {
  const passed = timeOf(run.options.now()).nanoseconds - instant(run, value).nanoseconds
  const half = passed < 0n ? -second / 2n : second / 2n
  return printDuration(((passed + half) / second) * second)
}

function quietly<T>(make: () => T, fallback: T): T {
  try {
    return make()
  } catch (thrown) {
    if (thrown instanceof FunctionError) return fallback
    throw thrown
  }
}

function duration(value: GoValue): string {
  if (value instanceof Int && value.kind === 'int64') return printDuration(value.value * second)
  return printDuration(typeof value === 'string' && /^[+-]?\d+$/.test(value) ? BigInt(value) * second : 0n)
}

const spans: readonly (readonly [bigint, string])[] = [
  [365n * 86_400n, 'y'],
  [30n * 86_400n, 'mo'],
  [86_400n, 'd'],
  [3_600n, 'h'],
  [60n, 'm'],
  [1n, 's'],
]

function durationRound(run: Runtime, value: GoValue): string {
  let nanoseconds = 0n
  if (typeof value === 'string') nanoseconds = quietly(() => parseDuration(value), 0n)
  else if (value instanceof Int && value.kind === 'int64') nanoseconds = value.value
  else if (value instanceof GoTime) nanoseconds = timeOf(run.options.now()).nanoseconds - value.nanoseconds
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  for (const [seconds, unit] of spans) if (size > seconds * second) return `${size / (seconds * second)}${unit}`
  return '0s'
}

function toDate(layout: string, text: string): GoTime {
  const { nanoseconds, zone } = parseTime(layout, text)
  return new GoTime(nanoseconds, zone)
}

const inZone = withRun(['string', 'any', 'string'], (run, layout, value, zone) =>
  dateInZone(run, layout, { value, zone }),
)
const modify = fn(['string', 'time'], (text, time) => quietly(() => shiftTime(time as GoTime, text), time as GoTime))
const mustModify = fn(['string', 'time'], (text, time) => shiftTime(time as GoTime, text))
const day = '2006-01-02'

/** Date functions of sprig; the local zone is UTC and the clock the caller's. */
export const dates: Readonly<Record<string, TemplateFunction>> = {
  now: withRun([], (run) => timeOf(run.options.now())),
  ago: withRun(['any'], ago),
  date: withRun(['string', 'any'], (run, layout, value) => dateInZone(run, layout, { value, zone: 'Local' })),
  date_in_zone: inZone,
  dateInZone: inZone,
  date_modify: modify,
  dateModify: modify,
  must_date_modify: mustModify,
  mustDateModify: mustModify,
  duration: fn(['any'], duration),
  durationRound: withRun(['any'], durationRound),
  htmlDate: withRun(['any'], (run, value) => dateInZone(run, day, { value, zone: 'Local' })),
  htmlDateInZone: withRun(['any', 'string'], (run, value, zone) => dateInZone(run, day, { value, zone })),
  toDate: fn(['string', 'string'], (layout, text) => quietly(() => toDate(layout, text), new GoTime())),
  mustToDate: fn(['string', 'string'], toDate),
  unixEpoch: fn(['time'], (time) => String((time as GoTime).nanoseconds / second)),
}
