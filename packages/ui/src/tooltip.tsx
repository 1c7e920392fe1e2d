import { Tooltip as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

/** Shows a short text when its child is hovered or focused. */
export function Tooltip({
  text,
  children,
  side = 'bottom',
}: {
  readonly text: ReactNode
  readonly children: ReactNode
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
}) {
  return (
    <Primitive.Root delayDuration={400}>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          className="z-[70] max-w-80 rounded-2 bg-[light-dark(#22221f,#2d3036)] px-2 py-1.5 text-12 text-[#f4f4f2] shadow-2 animate-fade-in"
          collisionPadding={8}
          side={side}
          sideOffset={6}
        >
          {text}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

/** Holds what all tooltips of a page share. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return <Primitive.Provider skipDelayDuration={300}>{children}</Primitive.Provider>
}
