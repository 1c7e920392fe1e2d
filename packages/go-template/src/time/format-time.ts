import { type LayoutField, type LayoutPart, parseLayout } from './layout.ts'
import type { Zone } from './zone.ts'

/** English names of the months. */
export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
/** English names of the days of the week, Sunday first. */
export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** An instant in a zone, taken apart. */
export interface DateParts {
  readonly year: number
  /** 1-12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: number
  /** 0 is Sunday. */
  readonly weekday: number
  /** 1-366. */
  readonly yearDay: number
  /** Seconds east of UTC. */
  readonly offset: number
  readonly abbreviation: string
}

/** Takes an instant apart in a zone. */
export function datePartsOf(nanoseconds: bigint, zone: Zone): DateParts {
  const seconds = floorDivide(nanoseconds, 1_000_000_000n)
  const { offset, abbreviation } = zone.at(Number(seconds))
  const date = new Date((Number(seconds) + offset) * 1000)
  const year = date.getUTCFullYear()
  const start = new Date(0)
  start.setUTCFullYear(year, 0, 1)
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond: Number(nanoseconds - seconds * 1_000_000_000n),
    weekday: date.getUTCDay(),
    yearDay: Math.floor((date.getTime() - start.getTime()) / 86_400_000) + 1,
    offset,
    abbreviation,
  }
}

/** Quotient rounded towards minus infinity. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

/** Formats an instant by a Go layout. */
export function formatTime(nanoseconds: bigint, zone: Zone, layout: string): string {
  const parts = datePartsOf(nanoseconds, zone)
  return parseLayout(layout)
    .map((part) => formatPart(part, parts))
    .join('')
}

const two = (value: number) => String(value).padStart(2, '0')

const formatters: Readonly<Record<Exclude<LayoutField, 'zone' | 'fraction'>, (date: DateParts) => string>> = {
  January: (date) => months[date.month - 1] as string,
  Jan: (date) => (months[date.month - 1] as string).slice(0, 3),
  '1': (date) => String(date.month),
  '01': (date) => two(date.month),
  Monday: (date) => weekdays[date.weekday] as string,
  Mon: (date) => (weekdays[date.weekday] as string).slice(0, 3),
  '2': (date) => String(date.day),
  _2: (date) => String(date.day).padStart(2, ' '),
  '02': (date) => two(date.day),
  __2: (date) => String(date.yearDay).padStart(3, ' '),
  '002': (date) => String(date.yearDay).padStart(3, '0'),
  '15': (date) => two(date.hour),
  '3': (date) => String(date.hour % 12 || 12),
  '03': (date) => two(date.hour % 12 || 12),
  '4': (date) => String(date.minute),
  '04': (date) => two(date.minute),
  '5': (date) => String(date.second),
  '05': (date) => two(date.second),
  '2006': (date) => (date.year < 0 ? `-${String(-date.year).padStart(4, '0')}` : String(date.year).padStart(4, '0')),
  '06': (date) => two(((date.year % 100) + 100) % 100),
  PM: (date) => (date.hour >= 12 ? 'PM' : 'AM'),
  pm: (date) => (date.hour >= 12 ? 'pm' : 'am'),
  MST: (date) => date.abbreviation,
}

function formatPart(part: LayoutPart, date: DateParts): string {
  if (part.field === 'text') return part.text
  if (part.field === 'zone') return formatZone(part.text, date.offset)
  if (part.field === 'fraction') return formatFraction(part.text, date.nanosecond)
  return formatters[part.field](date)
}

function formatZone(token: string, offset: number): string {
  if (token.startsWith('Z') && offset === 0) return 'Z'
  const size = Math.abs(offset)
  const fields = [two(Math.floor(size / 3600)), two(Math.floor(size / 60) % 60), two(size % 60)]
  const digits = token.replace(/\D/g, '').length
  const shown = fields.slice(0, digits / 2)
  return (offset < 0 ? '-' : '+') + shown.join(token.includes(':') ? ':' : '')
}

function formatFraction(token: string, nanosecond: number): string {
  const digits = String(nanosecond)
    .padStart(9, '0')
    .slice(0, token.length - 1)
  if (token[1] === '0') return token[0] + digits.padEnd(token.length - 1, '0')
  const trimmed = digits.replace(/0+$/, '')
  return trimmed === '' ? '' : token[0] + trimmed
}
