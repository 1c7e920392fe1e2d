import type { LogLine } from '@driftless/ui'

interface Entry {
  readonly content: string
  readonly timeStampStr?: string | undefined
  readonly timeStamp?: string | undefined
  readonly podName?: string | undefined
}

/** Lines as they are drawn: filtered by words (`!` in front hides what has them), each pod in its own colour. */
export function toLogLines(entries: readonly Entry[], filter: string): { lines: LogLine[]; sources: number } {
  const series = new Map<string, number>()
  const keep = createFilter(filter)
  const lines: LogLine[] = []
  entries.forEach((entry, id) => {
    const source = entry.podName ?? ''
    if (!series.has(source)) series.set(source, series.size)
    if (!keep(entry.content)) return
    lines.push({
      id,
      text: entry.content,
      time: timeText(entry.timeStampStr ?? entry.timeStamp),
      source: shortPod(source),
      series: (series.get(source) ?? 0) % 4,
      level: levelOf(entry.content),
    })
  })
  return { lines, sources: series.size }
}

/** Clock time with milliseconds. */
export function timeText(iso: string | undefined): string {
  return iso === undefined ? '' : (/T(\d\d:\d\d:\d\d(?:\.\d{1,3})?)/.exec(iso)?.[1] ?? '')
}

/** The level that a line says it has: as a JSON or logfmt field, or as a word at its beginning. */
export function levelOf(line: string): LogLine['level'] {
  const named = /"?(?:level|severity|lvl)"?\s*[:=]\s*"?([a-zA-Z]+)/.exec(line.slice(0, 400))?.[1]
  const word =
    named ?? /^\W*(?:\S+\s+){0,2}?\[?(DEBUG|INFO|WARN|WARNING|ERROR|ERR|FATAL|PANIC)\b/i.exec(line.slice(0, 80))?.[1]
  switch (word?.toLowerCase()) {
    case 'warn':
    case 'warning':
      return 'warn'
    case 'error':
    case 'err':
      return 'error'
    case 'fatal':
    case 'panic':
    case 'critical':
      return 'fatal'
    case undefined:
      return undefined
    default:
      return 'info'
  }
}

/** A file name for a downloaded log. */
export function logFileName(name: string, container: string | undefined): string {
  return `${[name, container]
    .filter(Boolean)
    .join('-')
    .replace(/[^\w.-]/g, '_')}.log`
}

function createFilter(filter: string): (line: string) => boolean {
  const hide = filter.startsWith('!')
  const words = (hide ? filter.slice(1) : filter).trim().toLowerCase()
  return words === '' ? () => true : (line) => line.toLowerCase().includes(words) !== hide
}

/** Ends tell pods apart: the last two parts of the name. */
function shortPod(name: string): string {
  return name.split('-').slice(-2).join('-')
}
