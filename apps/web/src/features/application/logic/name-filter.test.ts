import { expect, it } from 'vitest'
import { globMatches } from './name-filter.ts'

it.each([
  ['web', 'my-web-1', true],
  ['WEB', 'my-web-1', true],
  ['web*', 'my-web-1', false],
  ['*web*', 'my-web-1', true],
  ['web-?', 'web-1', true],
  ['web-?', 'web-12', false],
  ['a*b*c', 'axxbyyc', true],
])('%j matches %j: %j', (words, name, expected) => {
  expect(globMatches(words, name)).toBe(expected)
})

it('does not hang on a hostile pattern', () => {
  expect(globMatches(`${'*a'.repeat(40)}b`, 'a'.repeat(2000))).toBe(false)
})
