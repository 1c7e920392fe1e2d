import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'
import { type Tone, toneClass, toneIcon } from './tone.ts'

export interface BannerProps {
  readonly tone: Tone
  readonly icon?: IconName
  readonly title: ReactNode
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

/** Says something about the page that must not be missed. */
export function Banner({ tone, icon, title, children, actions }: BannerProps) {
  return (
    <div
      className={classNames(
        toneClass[tone],
        'flex items-start gap-2.5 rounded-3 bg-tone-bg px-3 py-2.5',
        tone === 'stale' ? 'border border-dashed border-tone-line' : 'ring-1 ring-tone-line ring-inset',
      )}
      role={tone === 'degraded' ? 'alert' : 'status'}
    >
      <Icon className="mt-0.5 text-tone-fg" name={icon ?? toneIcon[tone]} />
      <div className="min-w-0 flex-1">
        <div className="break-words font-semibold">{title}</div>
        {children === undefined ? null : <div className="break-words text-12 text-text-2">{children}</div>}
      </div>
      {actions}
    </div>
  )
}

export interface EmptyStateProps {
  readonly icon: IconName
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
}

/** Stands where content would: nothing there yet, nothing matches, or it could not be read. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-2 px-5 py-12 text-center text-text-3">
      <Icon className="text-text-disabled" name={icon} size={32} />
      <h3 className="font-semibold text-text">{title}</h3>
      {children === undefined ? null : <div className="max-w-md break-words text-12">{children}</div>}
      {actions === undefined ? null : <div className="mt-1 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}

/** A breathing bar where text will be; appears after 100 ms of waiting, not before. */
export function Skeleton({
  width = '100%',
  height = 12,
}: {
  readonly width?: number | string
  readonly height?: number
}) {
  return (
    <span className="block animate-appear" style={{ width }}>
      <span className="block animate-breathe rounded-1 bg-pressed" style={{ height }} />
    </span>
  )
}
