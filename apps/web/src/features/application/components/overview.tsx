'use client'

import type { TreeLayout } from '@driftless/resource-tree'
import { classNames } from '@driftless/ui'
import { memo } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import type { Viewport } from '../logic/viewport.ts'

const width = 120
const maxHeight = 84

export interface OverviewProps {
  readonly layout: TreeLayout
  readonly viewport: Viewport
  readonly size: { readonly width: number; readonly height: number }
  readonly onGo: (box: { x: number; y: number; width: number; height: number }) => void
}

/** The whole tree in small, with the part that is in sight; shown when not everything is. */
export function Overview({ layout, viewport, size, onGo }: OverviewProps) {
  const t = useTranslate()
  if (layout.width * viewport.scale <= size.width && layout.height * viewport.scale <= size.height) return null
  const scale = Math.min(width / layout.width, maxHeight / layout.height)
  return (
    <button
      aria-label={t('tree.overview')}
      className="absolute right-3 bottom-3 cursor-pointer rounded-2 border border-line-strong bg-surface p-1 shadow-2 max-sm:hidden"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect()
        onGo({
          x: (event.clientX - box.left - 4) / scale,
          y: (event.clientY - box.top - 4) / scale,
          width: 0,
          height: 0,
        })
      }}
      type="button"
    >
      <svg
        aria-hidden="true"
        height={layout.height * scale}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        width={layout.width * scale}
      >
        <OverviewBoxes layout={layout} />
        <rect
          className="fill-accent-bg/30 stroke-accent"
          height={size.height / viewport.scale}
          strokeWidth={1.5 / scale}
          width={size.width / viewport.scale}
          x={-viewport.x / viewport.scale}
          y={-viewport.y / viewport.scale}
        />
      </svg>
    </button>
  )
}

const OverviewBoxes = memo(function OverviewBoxes({ layout }: { readonly layout: TreeLayout }) {
  return layout.boxes.map((box) => (
    <rect
      className={classNames(box.red ? 'fill-degraded-solid' : 'fill-line-strong')}
      height={box.height * 0.7}
      key={box.id}
      width={box.width}
      x={box.x}
      y={box.y + box.height * 0.15}
    />
  ))
})
