import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

export interface Segment<V extends string> {
  readonly value: V
  readonly label: string
  readonly icon?: IconName
  /** Shows the icon alone; the label stays the accessible name. */
  readonly iconOnly?: boolean
}

export interface SegmentsProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly segments: readonly Segment<V>[]
  readonly onChange: (value: V) => void
  readonly size?: 'md' | 'lg'
}

/** A choice among few, all in sight. */
export function Segments<V extends string>({ label, value, segments, onChange, size = 'md' }: SegmentsProps<V>) {
  return (
    <fieldset
      aria-label={label}
      className={classNames('inline-flex flex-none gap-0.5 rounded-2 bg-pressed p-0.5', size === 'lg' ? 'h-9' : 'h-7')}
    >
      {segments.map((segment) => (
        <button
          aria-label={segment.iconOnly === true ? segment.label : undefined}
          aria-pressed={segment.value === value}
          className={classNames(
            'inline-flex h-full min-w-[26px] cursor-pointer items-center justify-center gap-1.5 whitespace-nowrap rounded-1 font-medium text-12',
            segment.iconOnly === true ? 'px-1.5' : 'px-2',
            segment.value === value
              ? 'bg-[light-dark(var(--surface),#3a3e45)] text-text shadow-1'
              : 'text-text-2 hover:text-text',
          )}
          key={segment.value}
          onClick={() => onChange(segment.value)}
          title={segment.iconOnly === true ? segment.label : undefined}
          type="button"
        >
          {segment.icon === undefined ? null : <Icon name={segment.icon} />}
          {segment.iconOnly === true ? null : segment.label}
        </button>
      ))}
    </fieldset>
  )
}
