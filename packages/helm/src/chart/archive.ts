import { gunzipSync } from 'node:zlib'
import { LimitErrors } from '@driftless/foundation'
import { quoteGo } from '@driftless/go-template'
import { HelmErrors } from '../errors.ts'
import type { ChartFile } from './chart.ts'
import { type ChartLimits, defaultChartLimits, withoutMark } from './read-directory.ts'

const block = 512

/** Unpacks a `.tgz` of a chart: the first directory is dropped, paths must stay inside. Throws `HELM_CHART_INVALID` or `LIMIT_EXCEEDED`. */
export function readChartArchive(archive: Uint8Array, limits: ChartLimits = defaultChartLimits): ChartFile[] {
  const tar = inflate(archive, limits)
  const files: ChartFile[] = []
  for (const { name, content } of entries(tar)) {
    if (files.length >= limits.chartFiles)
      throw LimitErrors.EXCEEDED({ what: 'the number of chart files', limit: limits.chartFiles })
    files.push({ path: chartPath(name), content: withoutMark(content) })
  }
  if (files.length === 0) throw HelmErrors.CHART_INVALID({ message: 'no files in chart archive' })
  return files
}

function inflate(archive: Uint8Array, limits: ChartLimits): Uint8Array {
  try {
    return gunzipSync(archive, { maxOutputLength: limits.chartBytes })
  } catch (cause) {
    if (cause instanceof RangeError)
      throw LimitErrors.EXCEEDED({ what: 'the unpacked size of the chart', limit: limits.chartBytes })
    throw HelmErrors.CHART_INVALID({ message: 'gzip: invalid header' }, { cause })
  }
}

function chartPath(name: string): string {
  const fail = (message: string) => HelmErrors.CHART_INVALID({ message })
  const delimiter = name.includes('\\') ? '\\' : '/'
  const [first, ...rest] = name.split(delimiter)
  const inner = rest.join('/')
  if (inner.startsWith('/')) throw fail('chart illegally contains absolute paths')
  const parts = inner.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.length === 0) throw fail(`chart illegally contains content outside the base directory: ${quoteGo(name)}`)
  if (parts.includes('..')) throw fail('chart illegally references parent directory')
  if (/^[a-zA-Z]:$/.test(parts[0] as string)) throw fail('chart contains illegally named files')
  if (first === 'Chart.yaml') throw fail('chart yaml not in base directory')
  return parts.join('/')
}

interface Entry {
  readonly name: string
  readonly content: Uint8Array
}

/** Regular files of a tar in ustar, pax or GNU form. */
function* entries(tar: Uint8Array): Generator<Entry> {
  let longName: string | undefined
  for (let at = 0; at + block <= tar.length; ) {
    const header = tar.subarray(at, at + block)
    if (header.every((byte) => byte === 0)) return
    const size = readNumber(header.subarray(124, 136))
    const start = at + block
    if (size < 0 || start + size > tar.length) throw HelmErrors.CHART_INVALID({ message: 'unexpected EOF' })
    const content = tar.subarray(start, start + size)
    at = start + Math.ceil(size / block) * block
    const type = String.fromCharCode(header[156] ?? 0)
    if (type === 'L') longName = readText(content)
    else if (type === 'x') longName = paxPath(content) ?? longName
    else if (type !== 'g') {
      const name = longName ?? headerName(header)
      longName = undefined
      if ((type === '0' || type === '\0' || type === '7') && !name.endsWith('/')) yield { name, content }
    }
  }
}

function readText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
}

/** An octal field, or base 256 when its first bit is set. */
function readNumber(bytes: Uint8Array): number {
  if (((bytes[0] ?? 0) & 0x80) === 0) return Number.parseInt(readText(bytes).trim() || '0', 8)
  return bytes.subarray(1).reduce((value, byte) => value * 256 + byte, 0)
}

function headerName(header: Uint8Array): string {
  const name = readText(header.subarray(0, 100))
  const isUstar = readText(header.subarray(257, 262)) === 'ustar'
  const prefix = isUstar ? readText(header.subarray(345, 500)) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

/** The `path` record of a pax header. */
function paxPath(content: Uint8Array): string | undefined {
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at)
    const length = Number.parseInt(new TextDecoder().decode(content.subarray(at, space)), 10)
    if (space < 0 || !(length > 0)) return undefined
    const record = new TextDecoder().decode(content.subarray(space + 1, at + length - 1))
    if (record.startsWith('path=')) return record.slice(5)
    at += length
  }
  return undefined
}
