import type { ReactNode } from 'react'

/** A key of the keyboard. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-[18px] rounded-1 border border-line-strong bg-surface px-1 text-center font-medium font-sans text-11 text-text-3 max-md:hidden">
      {children}
    </kbd>
  )
}
