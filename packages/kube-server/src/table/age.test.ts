import { expect, it } from 'vitest'
import { ageSince, formatAge } from './age.ts'

const second = 1000
const hour = 3600 * second
const day = 24 * hour

it.each([
  [0, '0s'],
  [119 * second, '119s'],
  [125 * second, '2m5s'],
  [600 * second, '10m'],
  [3 * hour, '3h'],
  [3.5 * hour, '3h30m'],
  [10 * hour, '10h'],
  [50 * hour, '2d2h'],
  [9 * day, '9d'],
  [800 * day, '2y70d'],
  [-5 * second, '<invalid>'],
])('[L5] an age of %i ms is %s', (milliseconds, text) => {
  expect(formatAge(milliseconds)).toBe(text)
})

it('[L5] without a time the age is unknown', () => {
  expect(ageSince(undefined, new Date())).toBe('<unknown>')
})
