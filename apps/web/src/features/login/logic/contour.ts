/** A hill of the map behind the login card; lengths are units of the drawing. */
export interface Hill {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Point {
  readonly x: number
  readonly y: number
}

/** The height of the land at a point: all hills together. */
export function heightAt(hills: readonly Hill[], { x, y }: Point): number {
  return hills.reduce(
    (sum, hill) => sum + hill.height * Math.exp(-((x - hill.x) ** 2 + 1.3 * (y - hill.y) ** 2) / hill.width ** 2),
    0,
  )
}

/** The line of one height as an SVG path; lines of different heights never cross. */
export function contourPath(
  hills: readonly Hill[],
  level: number,
  area: { width: number; height: number; step: number },
): string {
  const { step } = area
  const columns = Math.ceil(area.width / step) + 1
  const rows = Math.ceil(area.height / step) + 1
  const heights = Array.from({ length: columns * rows }, (_, at) =>
    heightAt(hills, { x: (at % columns) * step, y: Math.floor(at / columns) * step }),
  )
  const segments: [Point, Point][] = []
  for (let row = 0; row + 1 < rows; row += 1) {
    for (let column = 0; column + 1 < columns; column += 1) {
      const corner = (dx: number, dy: number) => ({
        x: (column + dx) * step,
        y: (row + dy) * step,
        h: heights[(row + dy) * columns + column + dx] ?? 0,
      })
      const corners = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]
      const cuts: Point[] = []
      corners.forEach((from, index) => {
        const to = corners[(index + 1) % 4]
        if (to === undefined || from.h < level === to.h < level) return
        const share = (level - from.h) / (to.h - from.h)
        cuts.push({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share })
      })
      for (let index = 0; index + 1 < cuts.length; index += 2)
        segments.push([cuts[index] as Point, cuts[index + 1] as Point])
    }
  }
  return segments.map(([from, to]) => `M${round(from.x)} ${round(from.y)}L${round(to.x)} ${round(to.y)}`).join('')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
