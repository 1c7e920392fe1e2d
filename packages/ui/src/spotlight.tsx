import { Dialog as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

export interface SpotlightProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** The accessible name. */
  readonly title: string
  readonly children: ReactNode
}

/** A box over the page for searching and commands; traps focus, closes with Esc. */
export function Spotlight({ open, onOpenChange, title, children }: SpotlightProps) {
  return (
    <Primitive.Root onOpenChange={onOpenChange} open={open}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 animate-fade-in bg-scrim" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed top-28 left-1/2 z-50 w-[720px] max-w-[calc(100vw-24px)] -translate-x-1/2 animate-fade-in overflow-hidden rounded-4 border border-line-strong bg-raised shadow-3"
        >
          <Primitive.Title className="sr-only">{title}</Primitive.Title>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
