import { expect, it } from 'vitest'
import { facetOptions } from './facet-options.ts'

it('lists every health, worst first, even those that nothing has', () => {
  const options = facetOptions('health', [{ value: 'Healthy', count: 3 }], [])
  expect(options.map((option) => option.value)).toEqual([
    'Degraded',
    'Missing',
    'Progressing',
    'Suspended',
    'Healthy',
    'Unknown',
  ])
  expect(options.find((option) => option.value === 'Healthy')?.count).toBe(3)
})

it('lists projects by how many applications have them', () => {
  expect(
    facetOptions(
      'proj',
      [
        { value: 'b', count: 1 },
        { value: 'a', count: 1 },
        { value: 'c', count: 9 },
      ],
      [],
    ).map((option) => option.value),
  ).toEqual(['c', 'a', 'b'])
})

it('keeps a chosen value in sight when no application has it any more', () => {
  expect(facetOptions('proj', [], ['gone'])).toEqual([{ value: 'gone', count: 0 }])
})
