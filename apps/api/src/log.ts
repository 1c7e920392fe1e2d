import { redactUrls } from '@driftless/foundation'
import pino, { type Logger } from 'pino'

const levels: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'WARN', 50: 'ERROR', 60: 'FATAL' }

/** Logs JSON lines on stderr, or short lines on a terminal; credentials in known places and in URLs are masked. */
export function createLogger(level: string, output: NodeJS.WriteStream = process.stderr): Logger {
  const write = (line: string): void => {
    const masked = redactUrls(line)
    output.write(output.isTTY === true ? shortLine(masked) : masked)
  }
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'password',
          'token',
          'authorization',
          'cookie',
          '*.password',
          '*.token',
          '*.bearerToken',
          '*.sshPrivateKey',
          'req.headers.authorization',
          'req.headers.cookie',
        ],
        censor: '******',
      },
    },
    { write },
  )
}

function shortLine(line: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line) as {
    level: number
    time: string
    msg?: string
    err?: { message?: string }
    [key: string]: unknown
  }
  const more = Object.entries(rest).filter(([key]) => key !== 'reqId')
  const detail = more
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ')
  const reason = err?.message === undefined ? '' : `: ${err.message}`
  return `${time.slice(11, 19)} ${(levels[level] ?? String(level)).padEnd(5)} ${msg ?? ''}${reason} ${detail}`
    .trimEnd()
    .concat('\n')
}
