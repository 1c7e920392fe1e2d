import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface Tab<V extends string> {
  readonly value: V
  readonly label: string
  readonly count?: number | undefined
}

export interface TabsProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly tabs: readonly Tab<V>[]
  readonly onChange: (value: V) => void
  readonly children?: ReactNode
}

/** A row of tabs; arrows move between them. */
export function Tabs<V extends string>({ label, value, tabs, onChange, children }: TabsProps<V>) {
  const move = (step: number) => {
    const index = tabs.findIndex((tab) => tab.value === value)
    const next = tabs[(index + step + tabs.length) % tabs.length]
    if (next !== undefined) onChange(next.value)
  }
  return (
    <div
      aria-label={label}
      className="flex h-9 flex-none items-stretch gap-4 overflow-x-auto border-line border-b px-4 [scrollbar-width:none]"
      role="tablist"
    >
      {tabs.map((tab) => (
        <button
          aria-selected={tab.value === value}
          className={classNames(
            '-mb-px flex cursor-pointer items-center gap-1.5 whitespace-nowrap border-b-2 font-medium focus-visible:-outline-offset-2',
            tab.value === value ? 'border-accent text-text' : 'border-transparent text-text-3 hover:text-text',
          )}
          key={tab.value}
          onClick={() => onChange(tab.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') move(1)
            if (event.key === 'ArrowLeft') move(-1)
          }}
          role="tab"
          tabIndex={tab.value === value ? 0 : -1}
          type="button"
        >
          {tab.label}
          {tab.count === undefined ? null : <span className="font-normal text-11 text-text-3">{tab.count}</span>}
        </button>
      ))}
      {children}
    </div>
  )
}
