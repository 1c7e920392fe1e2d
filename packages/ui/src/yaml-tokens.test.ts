import { expect, it } from 'vitest'
import { tokenizeYamlLine } from './yaml-tokens.ts'

const kinds = (line: string) => tokenizeYamlLine(line).map((token) => [token.type, token.text])

it('colours keys and the kinds of values', () => {
  expect(kinds('  replicas: 6')).toEqual([
    ['plain', '  '],
    ['key', 'replicas'],
    ['plain', ':'],
    ['number', ' 6'],
  ])
  expect(kinds('- name: api')).toContainEqual(['string', ' api'])
  expect(kinds('# a note')).toEqual([['comment', '# a note']])
})

it.each(['', '   ', ':', 'a:b:c: "x # y"', "- 'it''s'", 'url: https://a/b # c', '<b>', '- - x'])(
  'never loses a character of %j',
  (line) => {
    expect(
      tokenizeYamlLine(line)
        .map((token) => token.text)
        .join(''),
    ).toBe(line)
  },
)
