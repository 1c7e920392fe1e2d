import { expect, it } from 'vitest'
import { parseDuration } from './duration.ts'

it.each([
  ['5', 5_000],
  ['5s', 5_000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['250ms', 250],
])('%s is %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

it.each(['', 's', '5 s', '5d', 'abc', '1m-'])('"%s" is refused', (text) => {
  expect(() => parseDuration(text)).toThrow(/is no duration/)
})
