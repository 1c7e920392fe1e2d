import { Dialog as Primitive } from 'radix-ui'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { Input } from './field.tsx'

export interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  /** Says what Enter will do, left of the buttons. */
  readonly enterNote?: string
  readonly footer: ReactNode
  readonly onSubmit?: () => void
  readonly width?: number
}

/** A dialog: traps focus, closes with Esc, Enter does what its note says. */
export function Dialog({ open, onClose, title, children, enterNote, footer, onSubmit, width = 480 }: DialogProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit?.()
  }
  return (
    <Primitive.Root onOpenChange={(next) => (next ? undefined : onClose())} open={open}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 bg-scrim animate-fade-in" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed top-[14vh] left-1/2 z-50 max-h-[80vh] w-[calc(100vw-24px)] -translate-x-1/2 overflow-auto rounded-4 border border-line-strong bg-raised shadow-3 animate-fade-in"
          style={{ maxWidth: width }}
        >
          <form onSubmit={submit}>
            <Primitive.Title className="px-5 pt-4 font-semibold text-16 tracking-[-.01em]">{title}</Primitive.Title>
            <div className="grid gap-3 px-5 pt-2 pb-4">{children}</div>
            <footer className="flex flex-wrap items-center justify-end gap-2 border-line border-t px-5 py-3">
              {enterNote === undefined ? null : <span className="mr-auto text-12 text-text-3">{enterNote}</span>}
              {footer}
            </footer>
          </form>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

export interface ConfirmDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
  readonly title: string
  readonly children: ReactNode
  readonly confirmLabel: string
  readonly cancelLabel: string
  /** Label of the field in which `typed` must be repeated; without it a click is enough. */
  readonly typeLabel?: string
  readonly typed?: string
  readonly danger?: boolean
  readonly busy?: boolean
  readonly error?: string | undefined
  /** What Enter does, before and after the name was typed. */
  readonly notes: { readonly nothing: string; readonly confirm: string }
}

/** Asks before something that cannot be undone; may ask for a name to be typed. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    onClose,
    onConfirm,
    title,
    children,
    confirmLabel,
    cancelLabel,
    typeLabel,
    typed,
    danger,
    busy,
    error,
    notes,
  } = props
  const [text, setText] = useState('')
  const ready = typed === undefined || text === typed
  const close = () => {
    setText('')
    onClose()
  }
  return (
    <Dialog
      enterNote={ready ? notes.confirm : notes.nothing}
      footer={
        <>
          <Button onClick={close}>{cancelLabel}</Button>
          <Button
            busy={busy === true}
            disabled={!ready}
            kind={danger === true ? 'danger-solid' : 'primary'}
            type="submit"
          >
            {confirmLabel}
          </Button>
        </>
      }
      onClose={close}
      onSubmit={() => (ready && busy !== true ? onConfirm() : undefined)}
      open={open}
      title={title}
    >
      {children}
      {typed === undefined || typeLabel === undefined ? null : (
        <Input
          autoComplete="off"
          autoFocus
          label={typeLabel}
          onChange={(event) => setText(event.target.value)}
          spellCheck={false}
          value={text}
        />
      )}
      <p className={classNames('text-12 text-degraded-fg', error === undefined && 'hidden')} role="alert">
        {error}
      </p>
    </Dialog>
  )
}
