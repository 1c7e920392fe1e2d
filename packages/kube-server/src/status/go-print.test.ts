import { expect, it } from 'vitest'
import { printGoValue } from './go-print.ts'

it('prints as Go prints maps, slices and nil', () => {
  expect(printGoValue({ spec: { b: [1, 'x', true], a: null } })).toBe('map[spec:map[a:<nil> b:[1 x true]]]')
})
