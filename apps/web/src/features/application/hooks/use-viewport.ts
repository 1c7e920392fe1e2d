'use client'

import { type PointerEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react'
import { fitTo, keepInSight, type Viewport, zoomAt } from '../logic/viewport.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** Panning and zooming of a drawing: drag or wheel to move, Ctrl and wheel or the buttons to zoom. */
export function useViewport(window: RefObject<HTMLDivElement | null>, drawing: Size) {
  const [viewport, setViewport] = useState<Viewport>({ x: 0, y: 0, scale: 1 })
  const [size, setSize] = useState<Size>({ width: 1200, height: 700 })
  const { width, height } = drawing
  const move = useCallback(
    (change: (viewport: Viewport) => Viewport) =>
      setViewport((current) => keepInSight(change(current), { width, height }, size)),
    [width, height, size],
  )
  useLayoutEffect(() => {
    const element = window.current
    if (element === null) return
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [window])
  useEffect(() => {
    const element = window.current
    if (element === null) return
    // React listens passively to the wheel, where the page's own zoom cannot be stopped.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const box = element.getBoundingClientRect()
      const point = { x: event.clientX - box.left, y: event.clientY - box.top }
      if (event.ctrlKey || event.metaKey)
        move((current) => zoomAt(current, current.scale * Math.exp(-event.deltaY / 300), point))
      else move((current) => ({ ...current, x: current.x - event.deltaX, y: current.y - event.deltaY }))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [window, move])
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || (event.target as Element).closest('button') !== null) return
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    move((current) => ({ ...current, x: current.x + event.movementX, y: current.y + event.movementY }))
  }
  const centre = { x: size.width / 2, y: size.height / 2 }
  return {
    viewport,
    size,
    handlers: { onPointerDown, onPointerMove },
    zoomBy: (step: number) => move((current) => zoomAt(current, Math.round((current.scale + step) * 10) / 10, centre)),
    fit: () => setViewport(fitTo(drawing, size)),
    centreOn: (box: { x: number; y: number; width: number; height: number }) =>
      move((current) => ({
        ...current,
        x: size.width / 2 - (box.x + box.width / 2) * current.scale,
        y: size.height / 2 - (box.y + box.height / 2) * current.scale,
      })),
  }
}
