import { expect, it } from 'vitest'
import { levelOf, timeText, toLogLines } from './log-lines.ts'

const entries = [
  { content: 'GET /healthz 200', podName: 'web-6c9f7d84b-x2kqp', timeStampStr: '2026-11-20T10:54:01.118234Z' },
  { content: '{"level":"error","msg":"no"}', podName: 'web-6c9f7d84b-m8wzt' },
]

it('hides lines that have the words after an exclamation mark', () => {
  expect(toLogLines(entries, '!healthz').lines.map((line) => line.text)).toEqual(['{"level":"error","msg":"no"}'])
  expect(toLogLines(entries, 'HEALTHZ').lines).toHaveLength(1)
})

it('keeps a pod’s colour whatever is filtered', () => {
  expect(toLogLines(entries, '!healthz').lines[0]).toMatchObject({
    series: 1,
    source: '6c9f7d84b-m8wzt',
    level: 'error',
  })
  expect(toLogLines(entries, '').sources).toBe(2)
})

it('reads the level of JSON, logfmt and plain lines', () => {
  expect(levelOf('{"severity":"WARNING"}')).toBe('warn')
  expect(levelOf('time=1 level=fatal msg=x')).toBe('fatal')
  expect(levelOf('2026-11-20 10:54:01 ERROR boom')).toBe('error')
  expect(levelOf('error rates are fine')).toBe('error')
  expect(levelOf('nothing to see')).toBeUndefined()
})

it('shows the clock time', () => {
  expect(timeText('2026-11-20T10:54:01.118234Z')).toBe('10:54:01.118')
  expect(timeText(undefined)).toBe('')
})
