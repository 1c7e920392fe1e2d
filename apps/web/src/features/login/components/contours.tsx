import { contourPath, type Hill } from '../logic/contour.ts'

const hills: readonly Hill[] = [
  { x: 265, y: 250, rings: 11, spacing: 27, phase: 0.4 },
  { x: 1050, y: 225, rings: 9, spacing: 38, phase: 2.1 },
  { x: 1230, y: 600, rings: 8, spacing: 33, phase: 4.2 },
  { x: 560, y: 690, rings: 7, spacing: 31, phase: 1.2 },
  { x: 40, y: 830, rings: 6, spacing: 36, phase: 5.4 },
]

/** Contour lines behind the login card: the one decoration of the console. */
export function Contours() {
  return (
    <svg
      aria-hidden="true"
      className="absolute inset-0 h-full w-full text-line-strong"
      fill="none"
      preserveAspectRatio="xMidYMid slice"
      stroke="currentColor"
      viewBox="0 0 1440 900"
    >
      {hills.flatMap((hill) =>
        Array.from({ length: hill.rings }, (_, ring) => (
          <path
            d={contourPath(hill, ring)}
            key={`${hill.x}-${ring}`}
            opacity={ring % 4 === 0 ? 0.9 : 0.5}
            strokeWidth={ring % 4 === 0 ? 1.2 : 0.9}
          />
        )),
      )}
    </svg>
  )
}
