import { classNames } from './class-names.ts'
import { type IconName, iconPaths, kindPaths } from './icon-paths.ts'

export interface IconProps {
  readonly name: IconName
  /** Edge in pixels: 12, 14, 16 (default) or 20. */
  readonly size?: number
  readonly className?: string
}

/** Draws an icon; decoration only, so the word beside it or the control's label must say what it means. */
export function Icon({ name, size = 16, className }: IconProps) {
  return drawPath(iconPaths[name], size, className)
}

export interface KindIconProps {
  /** Kind of the Kubernetes object; unknown kinds get a neutral icon. */
  readonly kind: string
  readonly size?: number
  readonly className?: string
}

/** Draws the icon of a Kubernetes kind. */
export function KindIcon({ kind, size = 16, className }: KindIconProps) {
  return drawPath(
    Object.hasOwn(kindPaths, kind) ? (kindPaths[kind] ?? iconPaths.list) : iconPaths.file,
    size,
    className,
  )
}

function drawPath(path: string, size: number, className: string | undefined) {
  const filled = path.startsWith('@')
  return (
    <svg
      aria-hidden="true"
      className={classNames('block flex-none', className)}
      fill={filled ? 'currentColor' : 'none'}
      height={size}
      stroke={filled ? 'none' : 'currentColor'}
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth={size <= 12 ? 1.75 : 1.5}
      viewBox="0 0 16 16"
      width={size}
    >
      <path d={filled ? path.slice(1) : path} />
    </svg>
  )
}
