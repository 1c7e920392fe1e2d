import { type GoMethod, GoObject, type GoValue } from '../value/go-value.ts'
import { Int, int, int64 } from '../value/int.ts'
import { parseDuration, printDuration } from './duration.ts'
import { type DateParts, datePartsOf, floorDivide, formatTime, months, weekdays } from './format-time.ts'
import { utc, type Zone } from './zone.ts'

const zeroTime = -62_135_596_800n * 1_000_000_000n

/** Go's `time.Time`. */
export class GoTime extends GoObject {
  readonly goType = 'time.Time'
  /** Since 1970. */
  readonly nanoseconds: bigint
  readonly zone: Zone

  constructor(nanoseconds: bigint = zeroTime, zone: Zone = utc) {
    super()
    this.nanoseconds = nanoseconds
    this.zone = zone
  }

  field(): GoValue {
    return undefined
  }

  override method(name: string): GoMethod | undefined {
    return Object.hasOwn(methods, name) ? methods[name] : undefined
  }

  /** Formats by a Go layout. */
  format(layout: string): string {
    return formatTime(this.nanoseconds, this.zone, layout)
  }

  print(): string {
    const zone = this.zone.at(0).abbreviation === '' ? '-0700' : 'MST'
    return this.format(`2006-01-02 15:04:05.999999999 -0700 ${zone}`)
  }

  plain(): unknown {
    return this.format('2006-01-02T15:04:05.999999999Z07:00')
  }
}

/** An instant of the given date. */
export function timeOf(date: Date): GoTime {
  return new GoTime(BigInt(date.getTime()) * 1_000_000n)
}

/** Go's `time.Duration`. */
export class GoDuration extends GoObject {
  readonly goType = 'time.Duration'
  override readonly goKind = 'int64'
  readonly nanoseconds: bigint

  constructor(nanoseconds: bigint) {
    super()
    this.nanoseconds = nanoseconds
  }

  field(): GoValue {
    return undefined
  }

  override method(name: string): GoMethod | undefined {
    return Object.hasOwn(durationMethods, name) ? durationMethods[name] : undefined
  }

  override numeric(): Int {
    return int64(this.nanoseconds)
  }

  print(): string {
    return printDuration(this.nanoseconds)
  }

  plain(): unknown {
    return int64(this.nanoseconds)
  }
}

/** A named number such as `time.Month`, which prints as its name. */
class NamedNumber extends GoObject {
  readonly goType: string
  override readonly goKind = 'int'
  private readonly value: number
  private readonly names: readonly string[]
  /** What the first name stands for. */
  private readonly first: number

  constructor(goType: string, value: number, table: { names: readonly string[]; first: number }) {
    super()
    const { names, first } = table
    this.first = first
    this.goType = goType
    this.value = value
    this.names = names
  }

  field(): GoValue {
    return undefined
  }

  override method(name: string): GoMethod | undefined {
    return name === 'String' ? { params: [], call: () => this.print() } : undefined
  }

  override numeric(): Int {
    return int(this.value + this.first)
  }

  print(): string {
    return this.names[this.value] as string
  }

  plain(): unknown {
    return this.value + this.first
  }
}

const part = (read: (date: DateParts) => GoValue): GoMethod => ({
  params: [],
  call(receiver) {
    const { nanoseconds, zone } = receiver as GoTime
    return read(datePartsOf(nanoseconds, zone))
  },
})

const epoch = (divisor: bigint): GoMethod => ({
  params: [],
  call: (receiver) => int64(floorDivide((receiver as GoTime).nanoseconds, divisor)),
})

const order = (test: (a: bigint, b: bigint) => boolean): GoMethod => ({
  params: ['time'],
  call: (receiver, [other]) => test((receiver as GoTime).nanoseconds, (other as GoTime).nanoseconds),
})

const nanosecondsOf = (value: GoValue) =>
  value instanceof GoDuration ? value.nanoseconds : value instanceof Int ? value.value : 0n

function addDate(time: GoTime, years: number, change: { months: number; days: number }): GoTime {
  const date = datePartsOf(time.nanoseconds, time.zone)
  const moved = new Date(0)
  moved.setUTCFullYear(date.year + years, date.month - 1 + change.months, date.day + change.days)
  moved.setUTCHours(date.hour, date.minute, date.second)
  const local = BigInt(moved.getTime() / 1000)
  const offset = BigInt(time.zone.at(Number(local) - date.offset).offset)
  return new GoTime((local - offset) * 1_000_000_000n + BigInt(date.nanosecond), time.zone)
}

const number = (value: GoValue) => (value instanceof Int ? Number(value.value) : 0)

const methods: Readonly<Record<string, GoMethod>> = {
  Year: part((date) => int(date.year)),
  Month: part((date) => new NamedNumber('time.Month', date.month - 1, { names: months, first: 1 })),
  Day: part((date) => int(date.day)),
  Hour: part((date) => int(date.hour)),
  Minute: part((date) => int(date.minute)),
  Second: part((date) => int(date.second)),
  Nanosecond: part((date) => int(date.nanosecond)),
  Weekday: part((date) => new NamedNumber('time.Weekday', date.weekday, { names: weekdays, first: 0 })),
  YearDay: part((date) => int(date.yearDay)),
  Unix: epoch(1_000_000_000n),
  UnixMilli: epoch(1_000_000n),
  UnixMicro: epoch(1_000n),
  UnixNano: epoch(1n),
  IsZero: { params: [], call: (receiver) => (receiver as GoTime).nanoseconds === zeroTime },
  UTC: { params: [], call: (receiver) => new GoTime((receiver as GoTime).nanoseconds) },
  Local: { params: [], call: (receiver) => new GoTime((receiver as GoTime).nanoseconds) },
  String: { params: [], call: (receiver) => (receiver as GoTime).print() },
  Format: { params: ['string'], call: (receiver, [layout]) => (receiver as GoTime).format(layout as string) },
  Before: order((a, b) => a < b),
  After: order((a, b) => a > b),
  Equal: order((a, b) => a === b),
  Add: {
    params: ['duration'],
    call: (receiver, [duration]) =>
      new GoTime((receiver as GoTime).nanoseconds + nanosecondsOf(duration), (receiver as GoTime).zone),
  },
  Sub: {
    params: ['time'],
    call: (receiver, [other]) => new GoDuration((receiver as GoTime).nanoseconds - (other as GoTime).nanoseconds),
  },
  AddDate: {
    params: ['int', 'int', 'int'],
    call: (receiver, [years, monthCount, days]) =>
      addDate(receiver as GoTime, number(years), { months: number(monthCount), days: number(days) }),
  },
}

const inUnits = (unit: bigint): GoMethod => ({
  params: [],
  call: (receiver) => Number((receiver as GoDuration).nanoseconds) / Number(unit),
})

const durationMethods: Readonly<Record<string, GoMethod>> = {
  Hours: inUnits(3_600_000_000_000n),
  Minutes: inUnits(60_000_000_000n),
  Seconds: inUnits(1_000_000_000n),
  Milliseconds: { params: [], call: (receiver) => int64((receiver as GoDuration).nanoseconds / 1_000_000n) },
  Nanoseconds: { params: [], call: (receiver) => int64((receiver as GoDuration).nanoseconds) },
  String: { params: [], call: (receiver) => (receiver as GoDuration).print() },
}

/** Adds a duration written as text. */
export function shiftTime(time: GoTime, text: string): GoTime {
  return new GoTime(time.nanoseconds + parseDuration(text), time.zone)
}
