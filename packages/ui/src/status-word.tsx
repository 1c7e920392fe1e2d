import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'
import { calmTones, type Tone, toneClass, toneIcon } from './tone.ts'

export interface StatusWordProps {
  readonly tone: Tone
  readonly children: ReactNode
  /** Replaces the tone's own icon. */
  readonly icon?: IconName | undefined
  /** Keeps the word neutral, or colours it; good tones are quiet by default. */
  readonly quiet?: boolean
  readonly size?: 14 | 16
  readonly title?: string | undefined
}

/** A status as icon, word and colour: always the three. */
export function StatusWord({ tone, children, icon, quiet, size = 16, title }: StatusWordProps) {
  const isQuiet = quiet ?? calmTones.has(tone)
  return (
    <span
      className={classNames(
        toneClass[tone],
        'inline-flex min-w-0 items-center gap-[5px] whitespace-nowrap align-middle',
        isQuiet ? 'text-text-2' : 'font-medium text-tone-fg',
      )}
      title={title}
    >
      <StatusIcon icon={icon} size={size} tone={tone} />
      <span className="truncate">{children}</span>
    </span>
  )
}

export interface StatusIconProps {
  readonly tone: Tone
  readonly icon?: IconName | undefined
  readonly size?: number
  /** Says the status where no word stands beside the icon. */
  readonly label?: string
}

/** The icon of a status alone; give it a label unless its word stands beside it. */
export function StatusIcon({ tone, icon, size = 16, label }: StatusIconProps) {
  const name = icon ?? toneIcon[tone]
  const turning = name === 'progressing'
  return (
    <span className={classNames(toneClass[tone], 'inline-flex flex-none text-tone-fg')} title={label}>
      <Icon className={turning ? 'animate-spin-slow' : ''} name={name} size={size} />
      {label === undefined ? null : <span className="sr-only">{label}</span>}
    </span>
  )
}

/** A tinted square with the health of a thing, used once per tile or panel. */
export function Glyph({
  tone,
  icon,
  size = 32,
}: {
  readonly tone: Tone
  readonly icon?: IconName | undefined
  readonly size?: number
}) {
  return (
    <span
      className={classNames(
        toneClass[tone],
        'grid flex-none place-items-center rounded-3 bg-tone-bg text-tone-fg ring-1 ring-tone-line ring-inset',
      )}
      style={{ width: size, height: size }}
    >
      <StatusIcon icon={icon} size={size >= 32 ? 20 : 16} tone={tone} />
    </span>
  )
}

/** A status in a pill, for places with room. */
export function Pill({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone
  readonly icon?: IconName | undefined
  readonly children: ReactNode
}) {
  return (
    <span
      className={classNames(
        toneClass[tone],
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-full bg-tone-bg pr-2 pl-1.5 text-12 font-medium text-tone-fg',
        tone === 'stale' ? 'border border-dashed border-tone-line' : 'ring-1 ring-tone-line ring-inset',
      )}
    >
      <StatusIcon icon={icon} size={14} tone={tone} />
      {children}
    </span>
  )
}

/** A short fact in grey: a revision, a type, a wave. */
export function Tag({
  children,
  tone = 'plain',
  mono,
}: {
  readonly children: ReactNode
  readonly tone?: 'plain' | 'line' | 'accent'
  readonly mono?: boolean
}) {
  return (
    <span
      className={classNames(
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-1 px-1.5 align-middle text-11',
        mono === true && 'font-mono',
        tone === 'plain' && 'bg-pressed text-text-2',
        tone === 'line' && 'text-text-2 ring-1 ring-line-strong ring-inset',
        tone === 'accent' && 'bg-accent-bg text-accent-text',
      )}
    >
      {children}
    </span>
  )
}

/** A coloured dot for connections; `off` is drawn as an empty ring. */
export function Dot({ state }: { readonly state: 'ok' | 'warn' | 'bad' | 'off' }) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'inline-block size-[7px] flex-none rounded-full',
        state === 'ok' && 'bg-healthy-solid',
        state === 'warn' && 'bg-outofsync-solid',
        state === 'bad' && 'bg-degraded-solid',
        state === 'off' && 'ring-[1.5px] ring-unknown-solid ring-inset',
      )}
    />
  )
}
