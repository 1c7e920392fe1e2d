import { expect, it } from 'vitest'
import { moveChoice, splitMatch } from './palette-entry.ts'

it('marks what was typed, whatever its case', () => {
  expect(splitMatch('Payments-staging', 'pay')).toEqual(['', 'Pay', 'ments-staging'])
  expect(splitMatch('ledger', 'x')).toEqual(['ledger', '', ''])
})

it('goes round at the ends of the list', () => {
  expect(moveChoice(0, -1, 3)).toBe(2)
  expect(moveChoice(2, 1, 3)).toBe(0)
  expect(moveChoice(0, 1, 0)).toBe(0)
})
