import { FunctionError } from '../errors.ts'
import { quoteGo } from '../format/quote.ts'
import { months, weekdays } from './format-time.ts'
import { type LayoutField, type LayoutPart, parseLayout } from './layout.ts'
import { fixedZone, utc, type Zone } from './zone.ts'

interface Fields {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  nanosecond: number
  afternoon: boolean | undefined
  zone: Zone
}

/** Reads an instant by a Go layout; raises Go's wording. The zone is UTC where the text names none. */
export function parseTime(layout: string, text: string): { nanoseconds: bigint; zone: Zone } {
  const fields: Fields = {
    year: 0,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    nanosecond: 0,
    afternoon: undefined,
    zone: utc,
  }
  let rest = text
  const mismatch = (part: LayoutPart) =>
    new FunctionError(
      `parsing time ${quoteGo(text)} as ${quoteGo(layout)}: cannot parse ${quoteGo(rest)} as ${quoteGo(part.text)}`,
    )
  for (const part of parseLayout(layout)) {
    const length = part.field === 'text' ? literal(part.text, rest) : readField(part, rest, fields)
    if (length === undefined) throw mismatch(part)
    rest = rest.slice(length)
    // A fraction may follow the seconds although the layout has none.
    const fraction = part.field === '05' || part.field === '5' ? /^[.,]\d+/.exec(rest)?.[0] : undefined
    if (fraction !== undefined && !/05[.,][09]/.test(layout)) {
      fields.nanosecond = Number(fraction.slice(1, 10).padEnd(9, '0'))
      rest = rest.slice(fraction.length)
    }
  }
  if (rest !== '') throw new FunctionError(`parsing time ${quoteGo(text)}: extra text: ${quoteGo(rest)}`)
  return finish(fields, text)
}

function literal(expected: string, rest: string): number | undefined {
  return rest.startsWith(expected) ? expected.length : undefined
}

function finish(fields: Fields, text: string): { nanoseconds: bigint; zone: Zone } {
  const outOfRange = (what: string) => new FunctionError(`parsing time ${quoteGo(text)}: ${what} out of range`)
  if (fields.month < 1 || fields.month > 12) throw outOfRange('month')
  if (fields.day < 1 || fields.day > new Date(Date.UTC(2000 + (fields.year % 400), fields.month, 0)).getUTCDate())
    throw outOfRange('day')
  if (fields.hour > 23) throw outOfRange('hour')
  if (fields.minute > 59) throw outOfRange('minute')
  if (fields.second > 59) throw outOfRange('second')
  if (fields.afternoon === true && fields.hour < 12) fields.hour += 12
  if (fields.afternoon === false && fields.hour === 12) fields.hour = 0
  const date = new Date(0)
  date.setUTCFullYear(fields.year, fields.month - 1, fields.day)
  date.setUTCHours(fields.hour, fields.minute, fields.second)
  const local = BigInt(date.getTime() / 1000)
  const offset = BigInt(fields.zone.at(Number(local)).offset)
  return { nanoseconds: (local - offset) * 1_000_000_000n + BigInt(fields.nanosecond), zone: fields.zone }
}

type Reader = (rest: string, fields: Fields) => number | undefined

function digits(pattern: RegExp, store: (fields: Fields, value: number) => void): Reader {
  return (rest, fields) => {
    const match = pattern.exec(rest)
    if (match === null) return undefined
    store(fields, Number(match[0]))
    return match[0].length
  }
}

function names(list: readonly string[], store: (fields: Fields, index: number) => void): Reader {
  return (rest, fields) => {
    const index = list.findIndex((name) => rest.toLowerCase().startsWith(name.toLowerCase()))
    if (index < 0) return undefined
    store(fields, index)
    return (list[index] as string).length
  }
}

const setMonth = (fields: Fields, value: number) => {
  fields.month = value
}
const setDay = (fields: Fields, value: number) => {
  fields.day = value
}
const setHour = (fields: Fields, value: number) => {
  fields.hour = value
}
const setMinute = (fields: Fields, value: number) => {
  fields.minute = value
}
const setSecond = (fields: Fields, value: number) => {
  fields.second = value
}
const setYearDay = (fields: Fields, value: number) => {
  const date = new Date(Date.UTC(fields.year, 0, value))
  fields.month = date.getUTCMonth() + 1
  fields.day = date.getUTCDate()
}
const ignore = () => {}
const short = (list: readonly string[]) => list.map((name) => name.slice(0, 3))

const readers: Readonly<Record<Exclude<LayoutField, 'zone' | 'fraction'>, Reader>> = {
  January: names(months, (fields, index) => setMonth(fields, index + 1)),
  Jan: names(short(months), (fields, index) => setMonth(fields, index + 1)),
  '1': digits(/^\d{1,2}/, setMonth),
  '01': digits(/^\d{2}/, setMonth),
  Monday: names(weekdays, ignore),
  Mon: names(short(weekdays), ignore),
  '2': digits(/^\d{1,2}/, setDay),
  _2: digits(/^ ?\d{1,2}/, setDay),
  '02': digits(/^\d{2}/, setDay),
  __2: digits(/^ {0,2}\d{1,3}/, setYearDay),
  '002': digits(/^\d{3}/, setYearDay),
  '15': digits(/^\d{2}/, setHour),
  '3': digits(/^\d{1,2}/, setHour),
  '03': digits(/^\d{2}/, setHour),
  '4': digits(/^\d{1,2}/, setMinute),
  '04': digits(/^\d{2}/, setMinute),
  '5': digits(/^\d{1,2}/, setSecond),
  '05': digits(/^\d{2}/, setSecond),
  '2006': digits(/^\d{4}/, (fields, value) => {
    fields.year = value
  }),
  '06': digits(/^\d{2}/, (fields, value) => {
    fields.year = value >= 69 ? 1900 + value : 2000 + value
  }),
  PM: names(['AM', 'PM'], (fields, index) => {
    fields.afternoon = index === 1
  }),
  pm: names(['am', 'pm'], (fields, index) => {
    fields.afternoon = index === 1
  }),
  MST(rest, fields) {
    const match = /^(?:UTC|[+-]\d{2}|GMT[+-]\d{1,2}|[A-Z]{3,5})/.exec(rest)
    if (match === null) return undefined
    if (fields.zone === utc && match[0] !== 'UTC') fields.zone = fixedZone(0, match[0])
    return match[0].length
  },
}

function readField(part: LayoutPart, rest: string, fields: Fields): number | undefined {
  if (part.field === 'zone') return readZone(part.text, rest, fields)
  if (part.field === 'fraction') return readFraction(part.text, rest, fields)
  return part.field === 'text' ? undefined : readers[part.field](rest, fields)
}

function readZone(token: string, rest: string, fields: Fields): number | undefined {
  if (token.startsWith('Z') && rest.startsWith('Z')) {
    fields.zone = utc
    return 1
  }
  const colon = token.includes(':') ? ':' : ''
  const count = token.replace(/\D/g, '').length / 2
  const match = new RegExp(`^([+-])(\\d{2})${`${colon}(\\d{2})`.repeat(count - 1)}`).exec(rest)
  if (match === null) return undefined
  const seconds = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60 + Number(match[4] ?? 0)
  fields.zone = seconds === 0 ? utc : fixedZone(match[1] === '-' ? -seconds : seconds, '')
  return match[0].length
}

function readFraction(token: string, rest: string, fields: Fields): number | undefined {
  const exact = token[1] === '0'
  const match = (exact ? new RegExp(`^[.,]\\d{${token.length - 1}}`) : /^[.,]\d+/).exec(rest)
  if (match === null) return exact ? undefined : 0
  fields.nanosecond = Number(match[0].slice(1, 10).padEnd(9, '0'))
  return match[0].length
}
