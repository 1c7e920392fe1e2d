import {
  FunctionError,
  fn,
  GoDuration,
  type GoValue,
  Int,
  int64,
  parseDuration,
  quoteGo,
  type TemplateFunction,
  typeName,
} from '@driftless/go-template'

const second = 1_000_000_000n
const maxSeconds = (2n ** 63n - 1n) / second

/** Nanoseconds of a duration, a text such as `1h30m`, or a number of seconds; raises Helm's wording. */
function nanosecondsOf(value: GoValue): bigint {
  if (value instanceof GoDuration) return value.nanoseconds
  if (value === null || value === undefined) throw new FunctionError('invalid duration')
  if (typeof value === 'number') return fromSeconds(value)
  if (value instanceof Int) {
    if (value.value > maxSeconds || value.value < -maxSeconds)
      throw new FunctionError(`duration seconds overflow: ${value}`)
    return value.value * second
  }
  if (typeof value !== 'string') throw new FunctionError(`unsupported duration type ${typeName(value)}`)
  return fromText(value)
}

function fromText(value: string): bigint {
  const text = value.trim()
  if (text === '') throw new FunctionError('empty duration')
  try {
    return parseDuration(text)
  } catch (thrown) {
    if (!(thrown instanceof FunctionError)) throw thrown
  }
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text))
    throw new FunctionError(`could not parse duration ${quoteGo(value)}`)
  return fromSeconds(Number(text))
}

function fromSeconds(seconds: number): bigint {
  if (!Number.isFinite(seconds)) throw new FunctionError(`invalid duration seconds: ${seconds}`)
  if (Math.abs(seconds) > 2 ** 63 / 1e9) throw new FunctionError(`duration seconds overflow: ${seconds}`)
  return BigInt(Math.trunc(seconds * 1e9))
}

function orZero<T>(make: () => T, zero: T): T {
  try {
    return make()
  } catch (thrown) {
    if (thrown instanceof FunctionError) return zero
    throw thrown
  }
}

const inUnits = (unit: bigint, perUnit = 1) =>
  fn(['any'], (value) => orZero(() => Number(nanosecondsOf(value)) / Number(unit) / perUnit, 0))
const whole = (unit: bigint) => fn(['any'], (value) => orZero(() => int64(nanosecondsOf(value) / unit), int64(0)))

function toMultiple(value: GoValue, multiple: GoValue, round: boolean): GoDuration {
  const duration = orZero(() => nanosecondsOf(value), undefined)
  if (duration === undefined) return new GoDuration(0n)
  const step = orZero(() => nanosecondsOf(multiple), 0n)
  if (step <= 0n) return new GoDuration(duration)
  const rest = duration % step
  const base = duration - rest
  const size = rest < 0n ? -rest : rest
  if (!round || size * 2n < step) return new GoDuration(base)
  return new GoDuration(duration < 0n ? base - step : base + step)
}

/** Duration functions of Helm 4. */
export const durationFunctions: Readonly<Record<string, TemplateFunction>> = {
  mustToDuration: fn(['any'], (value) => new GoDuration(nanosecondsOf(value))),
  durationSeconds: inUnits(second),
  durationMilliseconds: whole(1_000_000n),
  durationMicroseconds: whole(1_000n),
  durationNanoseconds: whole(1n),
  durationMinutes: inUnits(60n * second),
  durationHours: inUnits(3_600n * second),
  durationDays: inUnits(3_600n * second, 24),
  durationWeeks: inUnits(3_600n * second, 24 * 7),
  durationRoundTo: fn(['any', 'any'], (value, multiple) => toMultiple(value, multiple, true)),
  durationTruncateTo: fn(['any', 'any'], (value, multiple) => toMultiple(value, multiple, false)),
}
