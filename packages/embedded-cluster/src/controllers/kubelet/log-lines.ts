import { createHash } from 'node:crypto'

/** One life of one container, from which its log follows. */
export interface ContainerLife {
  /** Uid of the pod, container and restart count: the same life has the same log. */
  readonly seed: string
  readonly container: string
  readonly image: string
  readonly startedAt: Date
  /** How it ended, when it has. */
  readonly end?: { readonly at: Date; readonly exitCode: number }
}

/** A line with the instant it was written. */
export interface LogLine {
  readonly at: Date
  readonly text: string
}

const paths = [
  '/',
  '/healthz',
  '/api/items',
  '/api/items/42',
  '/static/app.css',
  '/login',
  '/metrics',
  '/favicon.ico',
  '/api/orders',
]
const statuses = [200, 200, 200, 200, 200, 200, 304, 200, 404, 201]
/** Requests arrive this far apart, in milliseconds. */
const shortestGap = 1_500
const longestGap = 6_500
/** A log keeps this many of its last lines. */
const mostLines = 5_000

/** The lines that a container wrote until `until`, oldest first; the same life always tells the same story. */
export function logLines(life: ContainerLife, until: Date): LogLine[] {
  const stop = life.end?.at ?? until
  return [...openingLines(life), ...requestLines(life, stop), ...closingLines(life)].filter((line) => line.at <= until)
}

/** The next line after an instant, for those who follow; undefined when the container has said its last word. */
export function nextLogLine(life: ContainerLife, after: Date): LogLine | undefined {
  const horizon = new Date(after.getTime() + longestGap + 2_000)
  return logLines(life, horizon).find((line) => line.at > after)
}

function openingLines(life: ContainerLife): LogLine[] {
  const at = (offset: number) => new Date(life.startedAt.getTime() + offset)
  return [
    { at: at(0), text: `level=info msg="starting" container=${life.container} image=${JSON.stringify(life.image)}` },
    { at: at(40), text: 'level=info msg="configuration loaded" source=environment' },
    ...(life.end === undefined || life.end.exitCode === 0
      ? [{ at: at(120), text: 'level=info msg="ready" address=0.0.0.0:8080' }]
      : []),
  ]
}

function closingLines(life: ContainerLife): LogLine[] {
  if (life.end === undefined) return []
  const { at, exitCode } = life.end
  if (exitCode === 0) return [{ at, text: 'level=info msg="work done, exiting" code=0' }]
  return [
    {
      at,
      text: 'level=error msg="unrecoverable failure" error="dependency refused to answer: connection reset by peer"',
    },
    { at, text: `level=fatal msg="exiting" code=${exitCode}` },
  ]
}

/** Request number n comes after n gaps of the middle length, shifted a little: any stretch can be computed without its past. */
function requestLines(life: ContainerLife, stop: Date): LogLine[] {
  const gap = (shortestGap + longestGap) / 2
  const start = life.startedAt.getTime() + 1_000
  const count = Math.floor((stop.getTime() - start) / gap) + 2
  const lines: LogLine[] = []
  for (let number = Math.max(0, count - mostLines); number < count; number += 1) {
    const dice = createHash('md5').update(`${life.seed}/${number}`).digest()
    const shift = (dice.readUInt16BE(0) / 65_536 - 0.5) * (longestGap - shortestGap) * 0.4
    const at = new Date(start + Math.max(0, number * gap + shift))
    if (at < stop) lines.push({ at, text: requestText(dice, at) })
  }
  return lines
}

function requestText(dice: Buffer, at: Date): string {
  const client = `10.244.${dice.readUInt8(2) % 3}.${dice.readUInt8(3)}`
  const path = paths[dice.readUInt8(4) % paths.length]
  const status = statuses[dice.readUInt8(5) % statuses.length]
  const method = status === 201 ? 'POST' : 'GET'
  return `${client} - - [${at.toISOString()}] "${method} ${path} HTTP/1.1" ${status} ${200 + (dice.readUInt16BE(6) % 8_000)} ${1 + (dice.readUInt8(8) % 90)}ms`
}
