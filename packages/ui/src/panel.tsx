import { Dialog as Primitive } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'

export interface PanelProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly closeLabel: string
  readonly title: string
  readonly subtitle?: ReactNode
  /** What stands at the right of the title. */
  readonly aside?: ReactNode
  readonly children: ReactNode
  readonly footer?: ReactNode
  /** Width in pixels, never over 92 % of the window. */
  readonly width?: number
}

/** A sheet from the right over the page: traps focus, closes with Esc. */
export function Panel({
  open,
  onClose,
  closeLabel,
  title,
  subtitle,
  aside,
  children,
  footer,
  width = 552,
}: PanelProps) {
  const content = useRef<HTMLDivElement>(null)
  return (
    <Primitive.Root onOpenChange={(next) => (next ? undefined : onClose())} open={open}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-scrim animate-fade-in" />
        <Primitive.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // The panel itself takes focus, unless one of its fields has asked for it.
            event.preventDefault()
            if (content.current?.contains(document.activeElement) !== true) content.current?.focus()
          }}
          ref={content}
          tabIndex={-1}
          className="fixed inset-y-0 right-0 z-40 flex w-full flex-col border-line-strong border-l bg-surface shadow-3 outline-none! animate-panel-in sm:max-w-[92vw]"
          style={{ maxWidth: `min(100vw, ${width}px)` }}
        >
          <header className="flex min-h-[52px] flex-none items-center gap-3 border-line border-b py-2.5 pr-3 pl-5">
            <div className="min-w-0 flex-1">
              <Primitive.Title className="truncate font-semibold text-16 tracking-[-.01em]">{title}</Primitive.Title>
              {subtitle === undefined ? null : <div className="truncate text-12 text-text-3">{subtitle}</div>}
            </div>
            {aside}
            <IconButton icon="x" label={closeLabel} onClick={onClose} />
          </header>
          <div className="min-h-0 flex-1 overflow-auto">{children}</div>
          {footer === undefined ? null : (
            <footer
              className={classNames('flex flex-none flex-wrap items-center gap-2 border-line border-t bg-bg px-5 py-3')}
            >
              {footer}
            </footer>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
