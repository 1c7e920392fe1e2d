/** A hill of the map behind the login card. */
export interface Hill {
  readonly x: number
  readonly y: number
  readonly rings: number
  readonly spacing: number
  /** Turns the hill's shape, so that no two look alike. */
  readonly phase: number
}

/** The outline of one ring of a hill as an SVG path: a circle that wanders more the wider it is. */
export function contourPath(hill: Hill, ring: number): string {
  const radius = hill.spacing * (ring + 1.2)
  const points = Array.from({ length: 48 }, (_, index) => {
    const angle = (index / 48) * 2 * Math.PI
    const wander = 1 + 0.1 * Math.sin(3 * angle + hill.phase) + 0.07 * Math.cos(2 * angle - hill.phase + ring * 0.12)
    return `${(hill.x + radius * wander * 1.12 * Math.cos(angle)).toFixed(1)} ${(hill.y + radius * wander * Math.sin(angle)).toFixed(1)}`
  })
  return smoothPath(points)
}

/** Joins points through the middles between them, so that the line has no corners. */
function smoothPath(points: readonly string[]): string {
  const middle = (a: string, b: string) => {
    const [ax = 0, ay = 0] = a.split(' ').map(Number)
    const [bx = 0, by = 0] = b.split(' ').map(Number)
    return `${((ax + bx) / 2).toFixed(1)} ${((ay + by) / 2).toFixed(1)}`
  }
  const at = (index: number) => points[index % points.length] ?? ''
  const curves = points.map((point, index) => `Q${point} ${middle(point, at(index + 1))}`)
  return `M${middle(at(points.length - 1), at(0))}${curves.join('')}Z`
}
