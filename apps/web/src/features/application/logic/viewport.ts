/** Where a drawing stands in its window: its origin in pixels of the window, and its scale. */
export interface Viewport {
  readonly x: number
  readonly y: number
  readonly scale: number
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const minScale = 0.2
export const maxScale = 2

/** Changes the scale so that the point of the window stays over the same point of the drawing. */
export function zoomAt(viewport: Viewport, scale: number, point: { x: number; y: number }): Viewport {
  const next = Math.min(maxScale, Math.max(minScale, scale))
  const ratio = next / viewport.scale
  return { scale: next, x: point.x - (point.x - viewport.x) * ratio, y: point.y - (point.y - viewport.y) * ratio }
}

/** Shows a whole drawing, never larger than life. */
export function fitTo(drawing: { width: number; height: number }, window: { width: number; height: number }): Viewport {
  if (drawing.width === 0 || drawing.height === 0) return { x: 0, y: 0, scale: 1 }
  const scale = Math.max(minScale, Math.min(1, window.width / drawing.width, window.height / drawing.height))
  return { x: 0, y: Math.max(0, (window.height - drawing.height * scale) / 2), scale }
}

/** The part of the drawing that is in sight, with a margin so that little movement draws nothing new. */
export function visiblePart(viewport: Viewport, window: { width: number; height: number }, margin = 300): Box {
  return {
    x: -viewport.x / viewport.scale - margin,
    y: -viewport.y / viewport.scale - margin,
    width: window.width / viewport.scale + 2 * margin,
    height: window.height / viewport.scale + 2 * margin,
  }
}

/** True when two boxes share something. */
export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/** Keeps at least a corner of the drawing in the window. */
export function keepInSight(
  viewport: Viewport,
  drawing: { width: number; height: number },
  window: { width: number; height: number },
): Viewport {
  const edge = 120
  return {
    scale: viewport.scale,
    x: Math.min(window.width - edge, Math.max(edge - drawing.width * viewport.scale, viewport.x)),
    y: Math.min(window.height - edge, Math.max(edge - drawing.height * viewport.scale, viewport.y)),
  }
}
