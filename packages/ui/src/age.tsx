import { classNames } from './class-names.ts'

export interface AgeProps {
  /** The age as words, such as "4 s" or "as of 74 s ago". */
  readonly text: string
  /** `fresh` whispers, `stale` is amber with a ring, `gone` is grey with dots below. */
  readonly state?: 'fresh' | 'stale' | 'gone'
  /** The absolute time, shown on hover. */
  readonly title?: string | undefined
}

/** How old a status is. */
export function Age({ text, state = 'fresh', title }: AgeProps) {
  return (
    <span
      className={classNames(
        'whitespace-nowrap text-12 tabular-nums',
        state === 'fresh' && 'text-text-3',
        state === 'stale' &&
          "text-stale-fg before:mr-[5px] before:inline-block before:size-1.5 before:rounded-full before:border-[1.5px] before:border-stale-solid before:align-[1px] before:content-['']",
        state === 'gone' &&
          'text-unknown-fg underline decoration-dotted decoration-unknown-solid underline-offset-[3px]',
      )}
      title={title}
    >
      {text}
    </span>
  )
}
