'use client'

import { useEffect, useState } from 'react'
import { contourPath, type Hill } from '../logic/contour.ts'

const hills: readonly Hill[] = [
  { x: 265, y: 250, width: 260, height: 1 },
  { x: 1050, y: 215, width: 300, height: 0.95 },
  { x: 1240, y: 620, width: 230, height: 0.9 },
  { x: 580, y: 700, width: 240, height: 0.8 },
  { x: 20, y: 860, width: 240, height: 0.85 },
  { x: 1480, y: 30, width: 180, height: 0.6 },
]
const levels = [0.14, 0.22, 0.3, 0.38, 0.46, 0.54, 0.62, 0.7, 0.78, 0.86, 0.94]
const area = { width: 1440, height: 900, step: 12 }

/** Contour lines behind the login card: the one decoration of the console. Drawn in the browser, so that the page stays small. */
export function Contours() {
  const [paths, setPaths] = useState<readonly string[]>([])
  useEffect(() => setPaths(levels.map((level) => contourPath(hills, level, area))), [])
  return (
    <svg
      aria-hidden="true"
      className="absolute inset-0 h-full w-full text-line-strong"
      fill="none"
      preserveAspectRatio="xMidYMid slice"
      stroke="currentColor"
      viewBox="0 0 1440 900"
    >
      {paths.map((path, index) => (
        <path
          d={path}
          key={levels[index]}
          opacity={index % 4 === 2 ? 1 : 0.6}
          strokeWidth={index % 4 === 2 ? 1.25 : 1}
        />
      ))}
    </svg>
  )
}
