import { expect, it } from 'vitest'
import { contourPath, heightAt } from './contour.ts'

const hills = [{ x: 50, y: 50, width: 30, height: 1 }]

it('draws a line where the land has that height', () => {
  const path = contourPath(hills, 0.5, { width: 100, height: 100, step: 5 })
  const points = [...path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map((match) => ({
    x: Number(match[1]),
    y: Number(match[2]),
  }))
  expect(points.length).toBeGreaterThan(20)
  for (const point of points) expect(heightAt(hills, point)).toBeCloseTo(0.5, 1)
})

it('draws nothing above the highest hill', () => {
  expect(contourPath(hills, 2, { width: 100, height: 100, step: 5 })).toBe('')
})
