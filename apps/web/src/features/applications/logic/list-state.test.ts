import { expect, it } from 'vitest'
import { clearedFilters, countFilters, parseListState, toggleChoice, toSearchQuery } from './list-state.ts'

const parse = (query: string) => parseListState(new URLSearchParams(query))

it('reads lists that are repeated or separated by commas', () => {
  expect(parse('sync=OutOfSync,Unknown&health=Degraded&health=Missing').chosen).toMatchObject({
    sync: ['OutOfSync', 'Unknown'],
    health: ['Degraded', 'Missing'],
    proj: [],
  })
})

it('shows tiles by name when the address says nothing', () => {
  expect(parse('')).toMatchObject({ view: 'tiles', sort: 'name', order: 'asc', search: '' })
})

it('asks the server only for what was chosen', () => {
  expect(toSearchQuery(parse('search=pay&proj=shop&sort=attention'))).toEqual({
    search: 'pay',
    proj: ['shop'],
    sort: 'attention',
    order: 'asc',
  })
})

it('turns a choice on and off, and drops the parameter with the last one', () => {
  expect(toggleChoice(['a'], 'b')).toBe('a,b')
  expect(toggleChoice(['a', 'b'], 'a')).toBe('b')
  expect(toggleChoice(['a'], 'a')).toBeUndefined()
})

it('counts every filter, and clears every one', () => {
  const state = parse('search=pay&sync=Synced,Unknown&labels=tier%3Dcore')
  expect(countFilters(state)).toBe(4)
  const cleared = new URLSearchParams('search=pay&sync=Synced&labels=a')
  for (const name of Object.keys(clearedFilters())) cleared.delete(name)
  expect(countFilters(parseListState(cleared))).toBe(0)
})
