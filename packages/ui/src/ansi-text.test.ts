import { expect, it } from 'vitest'
import { parseAnsi } from './ansi-text.ts'

it('turns colour codes into pieces', () => {
  expect(parseAnsi('\u001b[1;31mFATAL\u001b[0m config')).toEqual([
    { text: 'FATAL', color: 'red', bold: true },
    { text: ' config', color: undefined, bold: false },
  ])
})

it('drops every other control sequence', () => {
  expect(parseAnsi('a\u001b[2Kb\u001b[999;5mc').map((piece) => piece.text)).toEqual(['a', 'b', 'c'])
})

it('leaves plain lines alone', () => {
  expect(parseAnsi('plain [31m text')).toEqual([{ text: 'plain [31m text', color: undefined, bold: false }])
})
