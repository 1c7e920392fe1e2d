/** What a time zone says about an instant. */
export interface ZoneOffset {
  /** Seconds east of UTC. */
  readonly offset: number
  /** Such as `CET`. */
  readonly abbreviation: string
}

/** A named time zone. */
export interface Zone {
  readonly name: string
  at(epochSeconds: number): ZoneOffset
}

/** Universal time, which also stands for the local zone. */
export const utc: Zone = { name: 'UTC', at: () => ({ offset: 0, abbreviation: 'UTC' }) }

/** A zone with one offset, as parsed from a text. */
export function fixedZone(offset: number, abbreviation: string): Zone {
  return { name: abbreviation, at: () => ({ offset, abbreviation }) }
}

/** Abbreviations that the machine's locale data lacks: standard time, summer time. */
const abbreviations: Readonly<Record<string, readonly [string, string]>> = {
  'Asia/Tokyo': ['JST', 'JDT'],
  'Asia/Seoul': ['KST', 'KDT'],
  'Asia/Shanghai': ['CST', 'CDT'],
  'Asia/Taipei': ['CST', 'CDT'],
  'Asia/Hong_Kong': ['HKT', 'HKST'],
  'Asia/Manila': ['PST', 'PDT'],
  'Asia/Jakarta': ['WIB', 'WIB'],
  'Asia/Karachi': ['PKT', 'PKST'],
  'Asia/Jerusalem': ['IST', 'IDT'],
  'Europe/Moscow': ['MSK', 'MSD'],
  'Africa/Lagos': ['WAT', 'WAT'],
  'Africa/Nairobi': ['EAT', 'EAT'],
  'Pacific/Auckland': ['NZST', 'NZDT'],
}

const zones = new Map<string, Zone | undefined>()

/** A zone of the IANA database; `undefined` when there is none of that name. */
export function loadZone(name: string): Zone | undefined {
  if (name === '' || name === 'UTC' || name === 'Local') return utc
  if (zones.has(name)) return zones.get(name)
  const zone = createZone(name)
  if (zones.size > 700) zones.clear()
  zones.set(name, zone)
  return zone
}

function createZone(name: string): Zone | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return undefined
  try {
    const clock = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
    const names = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA'].map(
      (locale) => new Intl.DateTimeFormat(locale, { timeZone: name, timeZoneName: 'short' }),
    )
    return {
      name,
      at(epochSeconds) {
        const date = new Date(epochSeconds * 1000)
        const offset = parseOffset(zonePart(clock, date))
        const listed = Object.hasOwn(abbreviations, name) ? abbreviations[name] : undefined
        if (listed !== undefined)
          return { offset, abbreviation: listed[offset > standardOffset(clock, date) ? 1 : 0] as string }
        const found = names
          .map((format) => zonePart(format, date))
          .find((text) => /^[A-Z]{2,5}$/.test(text) && text !== 'GMT')
        return { offset, abbreviation: found ?? (offset === 0 ? 'GMT' : numericName(offset)) }
      },
    }
  } catch {
    return undefined
  }
}

/** The smaller of the offsets in January and July. */
function standardOffset(clock: Intl.DateTimeFormat, date: Date): number {
  const year = date.getUTCFullYear()
  const [winter, summer] = [0, 6].map((month) => parseOffset(zonePart(clock, new Date(Date.UTC(year, month, 1)))))
  return Math.min(winter as number, summer as number)
}

function zonePart(format: Intl.DateTimeFormat, date: Date): string {
  return format.formatToParts(date).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
}

function parseOffset(text: string): number {
  const match = /^GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text)
  if (match === null) return 0
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0)
  return match[1] === '-' ? -seconds : seconds
}

function numericName(offset: number): string {
  const minutes = Math.abs(offset) / 60
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0')
  const rest = minutes % 60 === 0 ? '' : String(minutes % 60).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${hours}${rest}`
}
