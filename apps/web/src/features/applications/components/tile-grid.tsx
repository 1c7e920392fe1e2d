'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ApplicationPages } from '../hooks/use-application-pages.ts'
import { useGridKeys } from '../hooks/use-grid-keys.ts'
import { Tile } from './tile.tsx'

const tileWidth = 288
const tileHeight = 200
const gap = 12

/** Tiles in as many columns as fit, of which only those in sight are drawn. */
export function TileGrid({ pages, header }: { readonly pages: ApplicationPages; readonly header: ReactNode }) {
  const scroller = useRef<HTMLDivElement>(null)
  const columns = useColumns(scroller)
  const rowCount = Math.ceil(pages.total / columns)
  const virtual = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => tileHeight + gap,
    overscan: 3,
    initialRect: { width: 1200, height: 900 },
  })
  const items = virtual.getVirtualItems()
  const first = (items[0]?.index ?? 0) * columns
  const last = ((items.at(-1)?.index ?? 0) + 1) * columns
  const { onVisible } = pages
  useEffect(() => onVisible(first, last), [onVisible, first, last])
  const scrollTo = useCallback(
    (index: number) => virtual.scrollToIndex(Math.floor(index / columns)),
    [virtual, columns],
  )
  useGridKeys({ container: scroller, columns, count: pages.total, scrollTo })
  return (
    <div className="min-h-0 flex-1 overflow-y-auto" ref={scroller}>
      {header}
      <div className="relative mx-4 mt-1 mb-4" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => (
          <div
            className="absolute top-0 left-0 grid w-full gap-3"
            key={item.key}
            style={{
              transform: `translateY(${item.start}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
              height: tileHeight,
            }}
          >
            {Array.from({ length: Math.min(columns, pages.total - item.index * columns) }, (_, column) => {
              const index = item.index * columns + column
              const row = pages.rowAt(index)
              return row === undefined ? (
                <div className="rounded-3 border border-line bg-surface" key={index} />
              ) : (
                <Tile index={index} key={row.uid} row={row} />
              )
            })}
          </div>
        ))}
      </div>
    </div>
  )
}

function useColumns(scroller: React.RefObject<HTMLDivElement | null>): number {
  const [columns, setColumns] = useState(3)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const measure = () => setColumns(Math.max(1, Math.floor((element.clientWidth - 32 + gap) / (tileWidth + gap))))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
  return columns
}
