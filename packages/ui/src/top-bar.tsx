import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

export interface TopBarProps {
  /** Links to what stands above this page. */
  readonly crumbs?: readonly ReactNode[]
  readonly title: string
  readonly note?: ReactNode
  readonly children?: ReactNode
}

/** The bar over a page: where it is, its name, what can be done. */
export function TopBar({ crumbs = [], title, note, children }: TopBarProps) {
  return (
    <header className="flex min-h-12 flex-none items-center gap-2 border-line border-b bg-bg px-4 max-sm:flex-wrap max-sm:py-2">
      {crumbs.length === 0 ? null : (
        <nav className="flex flex-none items-center gap-1.5 text-text-3 max-sm:hidden [&_a:hover]:text-text">
          {crumbs.map((crumb, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: crumbs keep their order
            <span className="flex items-center gap-1.5" key={index}>
              {crumb}
              <Icon className="text-text-disabled" name="right" size={12} />
            </span>
          ))}
        </nav>
      )}
      <h1 className="min-w-0 truncate font-semibold text-16 tracking-[-.01em]">{title}</h1>
      {note === undefined ? null : (
        <span className="flex min-w-0 items-center gap-1 truncate text-12 text-text-3">{note}</span>
      )}
      <span className="flex-1" />
      {children}
    </header>
  )
}

/** A vertical hairline between groups of a bar. */
export function BarDivider() {
  return <span aria-hidden="true" className="mx-1 h-5 w-px flex-none bg-line" />
}
