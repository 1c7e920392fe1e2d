import { expect, it } from 'vitest'
import { countChanges, diffLines, diffWords, foldRows } from './diff-lines.ts'

it('pairs lines that changed, and keeps those that did not', () => {
  const rows = diffLines('a\nb\nc\n', 'a\nB\nc\nd\n')
  expect(rows.map((row) => [row.kind, row.left?.number, row.right?.number])).toEqual([
    ['same', 1, 1],
    ['changed', 2, 2],
    ['same', 3, 3],
    ['added', undefined, 4],
  ])
  expect(countChanges(rows)).toEqual({ added: 2, removed: 1 })
})

it('shows a text that is only on one side', () => {
  expect(diffLines('', 'a\nb\n').map((row) => row.kind)).toEqual(['added', 'added'])
  expect(diffLines('a\n', '').map((row) => row.kind)).toEqual(['removed'])
  expect(diffLines('a\n', 'a\n').map((row) => row.kind)).toEqual(['same'])
})

it('rebuilds both texts from its rows, whatever they are', () => {
  // A small generator with a fixed seed, so that a failure can be repeated.
  let seed = 7
  const next = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  for (let round = 0; round < 200; round += 1) {
    const left = Array.from({ length: next(12) }, () => 'abcd'[next(4)])
    const right = Array.from({ length: next(12) }, () => 'abcd'[next(4)])
    const rows = diffLines(left.join('\n'), right.join('\n'))
    expect(rows.flatMap((row) => row.left?.text ?? [])).toEqual(left)
    expect(rows.flatMap((row) => row.right?.text ?? [])).toEqual(right)
    for (const row of rows) expect(row.kind === 'same').toBe(row.left?.text === row.right?.text)
  }
})

it('folds what is far from every change', () => {
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`)
  const changed = lines.with(10, 'other')
  const sections = foldRows(diffLines(lines.join('\n'), changed.join('\n')))
  expect(sections.map((section) => [section.folded, section.rows.length])).toEqual([
    [true, 7],
    [false, 7],
    [true, 6],
  ])
})

it('marks the words that differ within a line', () => {
  const { left, right } = diffWords('image: shop/checkout:2.15.0', 'image: shop/checkout:2.15.1')
  expect(left.filter((piece) => piece.changed).map((piece) => piece.text)).toEqual(['0'])
  expect(right.filter((piece) => piece.changed).map((piece) => piece.text)).toEqual(['1'])
})

it('stays quick when two long texts have nothing in common', () => {
  const text = (letter: string) => Array.from({ length: 5_000 }, (_, index) => `${letter}${index}`).join('\n')
  const started = performance.now()
  expect(diffLines(text('a'), text('b'))).toHaveLength(5_000)
  expect(performance.now() - started).toBeLessThan(5_000)
})
