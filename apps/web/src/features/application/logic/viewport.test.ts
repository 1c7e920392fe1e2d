import { expect, it } from 'vitest'
import { fitTo, keepInSight, maxScale, overlaps, visiblePart, zoomAt } from './viewport.ts'

it('keeps the point under the pointer while zooming', () => {
  const before = { x: 10, y: 20, scale: 1 }
  const after = zoomAt(before, 2, { x: 110, y: 120 })
  expect((110 - after.x) / after.scale).toBeCloseTo((110 - before.x) / before.scale)
  expect((120 - after.y) / after.scale).toBeCloseTo((120 - before.y) / before.scale)
})

it('stays within its scales', () => {
  expect(zoomAt({ x: 0, y: 0, scale: 1 }, 9, { x: 0, y: 0 }).scale).toBe(maxScale)
})

it('shows a small tree in its own size and a large one whole', () => {
  expect(fitTo({ width: 100, height: 100 }, { width: 800, height: 600 }).scale).toBe(1)
  expect(fitTo({ width: 1600, height: 600 }, { width: 800, height: 600 }).scale).toBe(0.5)
})

it('draws only what is in sight', () => {
  const part = visiblePart({ x: -1000, y: 0, scale: 1 }, { width: 500, height: 500 }, 0)
  expect(overlaps(part, { x: 1100, y: 100, width: 192, height: 44 })).toBe(true)
  expect(overlaps(part, { x: 100, y: 100, width: 192, height: 44 })).toBe(false)
})

it('never loses the drawing', () => {
  expect(
    keepInSight({ x: 5000, y: -5000, scale: 1 }, { width: 300, height: 300 }, { width: 800, height: 600 }),
  ).toEqual({ x: 680, y: -180, scale: 1 })
})
