import { type KeyboardEvent, useId, useRef } from 'react'
import { classNames } from './class-names.ts'
import { YamlLine } from './code-block.tsx'
import { Icon } from './icon.tsx'

export interface CodeEditorProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** What is wrong, and on which 1-based line. */
  readonly error?: { readonly message: string; readonly line?: number | undefined } | undefined
  readonly className?: string
}

/** Edits YAML: colours and line numbers behind a plain text area, so that selection, undo and screen readers work as everywhere. */
export function CodeEditor({ label, value, onChange, error, className }: CodeEditorProps) {
  const id = useId()
  const backdrop = useRef<HTMLDivElement>(null)
  const lines = value.split('\n')
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Esc first leaves the habit of Tab: Tab indents only while the text is being edited.
    if (event.key !== 'Tab' || event.shiftKey || event.altKey || event.ctrlKey) return
    event.preventDefault()
    const { selectionStart, selectionEnd } = event.currentTarget
    event.currentTarget.setRangeText('  ', selectionStart, selectionEnd, 'end')
    onChange(event.currentTarget.value)
  }
  return (
    <div className={classNames('flex min-h-0 flex-col', className)}>
      <label className="sr-only" htmlFor={id}>
        {label}
      </label>
      <div
        className={classNames(
          'relative min-h-0 flex-1 overflow-hidden rounded-2 border bg-code-bg font-mono text-[12px] leading-5 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-1 has-[:focus-visible]:outline-focus',
          error === undefined ? 'border-field-line' : 'border-degraded-solid',
        )}
      >
        <div aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-hidden" ref={backdrop}>
          <div className="w-max min-w-full py-2">
            {lines.map((line, index) => (
              <div
                className={classNames('flex h-5 pr-4', error?.line === index + 1 && 'bg-degraded-bg')}
                // biome-ignore lint/suspicious/noArrayIndexKey: a line is its position
                key={index}
              >
                <span className="w-10 flex-none pr-3 text-right text-code-dim">{index + 1}</span>
                <span className="whitespace-pre">
                  <YamlLine text={line} />
                </span>
              </div>
            ))}
          </div>
        </div>
        <textarea
          aria-invalid={error === undefined ? undefined : true}
          className="absolute inset-0 h-full w-full resize-none overflow-auto whitespace-pre bg-transparent py-2 pr-4 pl-10 text-transparent caret-text outline-none! selection:bg-accent-line"
          id={id}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
          onScroll={(event) => {
            if (backdrop.current === null) return
            backdrop.current.scrollTop = event.currentTarget.scrollTop
            backdrop.current.scrollLeft = event.currentTarget.scrollLeft
          }}
          spellCheck={false}
          value={value}
          wrap="off"
        />
      </div>
      {error === undefined ? null : (
        <p className="mt-1 flex items-start gap-1.5 text-12 text-degraded-fg" role="alert">
          <Icon className="mt-px" name="error" size={14} />
          <span className="min-w-0 break-words">{error.message}</span>
        </p>
      )}
    </div>
  )
}
