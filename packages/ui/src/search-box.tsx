import type { InputHTMLAttributes, ReactNode, Ref } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { Kbd } from './kbd.tsx'

export interface SearchBoxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'size'> {
  readonly label: string
  /** The key that focuses the box, shown at its end. */
  readonly shortcut?: string
  readonly trailing?: ReactNode
  readonly inputRef?: Ref<HTMLInputElement>
}

/** A search field of a tool bar. */
export function SearchBox({ label, shortcut, trailing, inputRef, className, ...rest }: SearchBoxProps) {
  return (
    <div
      className={classNames(
        'flex h-7 min-w-0 items-center gap-2 rounded-2 border border-line-strong bg-surface px-2.5 shadow-1 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-1 has-[:focus-visible]:outline-focus max-sm:h-9',
        className,
      )}
    >
      <Icon className="text-text-3" name="search" />
      <input
        {...rest}
        aria-label={label}
        className="min-w-0 flex-1 bg-transparent outline-none! [&::-webkit-search-cancel-button]:hidden"
        placeholder={label}
        ref={inputRef}
        type="search"
      />
      {trailing}
      {shortcut === undefined ? null : <Kbd>{shortcut}</Kbd>}
    </div>
  )
}
