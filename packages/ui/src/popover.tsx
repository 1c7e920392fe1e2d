import { Popover as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

export interface PopoverProps {
  readonly trigger: ReactNode
  /** Names the panel to those who do not see it. */
  readonly label: string
  /** Ordinary controls; wrap one in {@link PopoverClose} to close the panel with it. */
  readonly children: ReactNode
  readonly align?: 'start' | 'end'
}

/** A small panel that drops from its trigger and holds ordinary controls. */
export function Popover({ trigger, label, children, align = 'end' }: PopoverProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          aria-label={label}
          className="z-[60] flex min-w-[160px] flex-col gap-1 rounded-3 border border-line-strong bg-raised p-1 shadow-3 animate-fade-in"
          collisionPadding={8}
          sideOffset={4}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

/** Closes the popover around it once its control was used. */
export function PopoverClose({ children }: { readonly children: ReactNode }) {
  return <Primitive.Close asChild>{children}</Primitive.Close>
}
