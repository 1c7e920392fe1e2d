import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

interface Labelled {
  readonly label: string
  readonly hint?: ReactNode
  /** What is wrong with the value, shown beside the field. */
  readonly error?: string | undefined
  readonly icon?: IconName
  /** Says a fact at the field's end. */
  readonly trailing?: ReactNode
  /** The note after the label, such as "required". */
  readonly note?: string
}

const box =
  'flex w-full min-w-0 items-center gap-2 rounded-2 border bg-surface text-text has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-1 has-[:focus-visible]:outline-focus has-[:disabled]:border-line-strong has-[:disabled]:bg-sunken has-[:disabled]:text-text-disabled'
const bare = 'min-w-0 flex-1 bg-transparent outline-none! disabled:cursor-not-allowed'

function FieldFrame({
  id,
  label,
  note,
  hint,
  error,
  children,
}: Labelled & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="grid min-w-0 content-start gap-1">
      <label className="text-12 font-medium text-text-2" htmlFor={id}>
        {label}
      </label>
      {note === undefined ? null : <span className="sr-only">{note}</span>}
      {children}
      {error === undefined ? null : (
        <p className="flex items-start gap-1.5 text-12 text-degraded-fg" id={`${id}-error`} role="alert">
          <Icon className="mt-px" name="error" size={14} />
          <span className="min-w-0 break-words">{error}</span>
        </p>
      )}
      {hint === undefined || error !== undefined ? null : <p className="text-12 text-text-3">{hint}</p>}
    </div>
  )
}

export type InputProps = Labelled & InputHTMLAttributes<HTMLInputElement>

/** A labelled line of text; its refusal stands below it. */
export function Input({ label, hint, error, icon, trailing, note, className, id, ...rest }: InputProps) {
  const own = useId()
  const field = id ?? own
  return (
    <FieldFrame error={error} hint={hint} id={field} label={label} note={note}>
      <div
        className={classNames(
          box,
          'h-9 px-2.5',
          error === undefined ? 'border-field-line' : 'border-degraded-solid',
          className,
        )}
      >
        {icon === undefined ? null : <Icon className="text-text-3" name={icon} />}
        <input
          {...rest}
          aria-describedby={error === undefined ? undefined : `${field}-error`}
          aria-invalid={error === undefined ? undefined : true}
          className={bare}
          id={field}
        />
        {trailing}
      </div>
    </FieldFrame>
  )
}

export type TextAreaProps = Labelled & TextareaHTMLAttributes<HTMLTextAreaElement> & { readonly mono?: boolean }

/** A labelled block of text. */
export function TextArea({
  label,
  hint,
  error,
  icon: _icon,
  trailing: _trailing,
  note,
  className,
  id,
  mono,
  ...rest
}: TextAreaProps) {
  const own = useId()
  const field = id ?? own
  return (
    <FieldFrame error={error} hint={hint} id={field} label={label} note={note}>
      <div className={classNames(box, error === undefined ? 'border-field-line' : 'border-degraded-solid', className)}>
        <textarea
          {...rest}
          aria-invalid={error === undefined ? undefined : true}
          className={classNames(bare, 'min-h-20 resize-y px-2.5 py-2', mono === true && 'font-mono text-12')}
          id={field}
          spellCheck={false}
        />
      </div>
    </FieldFrame>
  )
}

export interface SelectOption {
  readonly value: string
  readonly label: string
}

export type SelectProps = Labelled &
  SelectHTMLAttributes<HTMLSelectElement> & { readonly options: readonly SelectOption[] }

/** A labelled choice; the browser's own list, so that it works everywhere. */
export function Select({ label, hint, error, icon, trailing, note, className, id, options, ...rest }: SelectProps) {
  const own = useId()
  const field = id ?? own
  return (
    <FieldFrame error={error} hint={hint} id={field} label={label} note={note}>
      <div
        className={classNames(
          box,
          'relative h-9',
          error === undefined ? 'border-field-line' : 'border-degraded-solid',
          className,
        )}
      >
        {icon === undefined ? null : <Icon className="pointer-events-none absolute left-2.5 text-text-3" name={icon} />}
        <select
          {...rest}
          aria-invalid={error === undefined ? undefined : true}
          className={classNames(bare, 'h-full w-full appearance-none pr-8', icon === undefined ? 'pl-2.5' : 'pl-8')}
          id={field}
        >
          {options.map((option) => (
            <option className="bg-raised text-text" key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <span className="pointer-events-none absolute right-2.5 flex items-center gap-1.5 text-text-3">
          {trailing}
          <Icon name="updown" />
        </span>
      </div>
    </FieldFrame>
  )
}

export interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  readonly label: ReactNode
  readonly note?: ReactNode
}

/** A choice that is on or off. */
export function Checkbox({ label, note, className, id, ...rest }: CheckboxProps) {
  const own = useId()
  return (
    <label className={classNames('inline-flex min-h-[26px] min-w-0 items-center gap-2', className)} htmlFor={id ?? own}>
      <CheckMark {...rest} id={id ?? own} />
      <span className="min-w-0 truncate">{label}</span>
      {note === undefined ? null : <span className="text-12 text-text-3">{note}</span>}
    </label>
  )
}

/** The box of a choice without a label of its own. */
export function CheckMark({ className, ...rest }: Omit<InputHTMLAttributes<HTMLInputElement>, 'type'>) {
  return (
    <span className={classNames('relative inline-grid size-4 flex-none', className)}>
      <input
        {...rest}
        className="peer size-4 cursor-pointer appearance-none rounded-1 border border-field-line bg-surface checked:border-accent-solid checked:bg-accent-solid indeterminate:border-accent-solid indeterminate:bg-accent-solid disabled:cursor-not-allowed disabled:opacity-50"
        type="checkbox"
      />
      <Icon
        className="pointer-events-none absolute inset-0.5 stroke-[2.25] text-white opacity-0 peer-checked:opacity-100"
        name="check"
        size={12}
      />
    </span>
  )
}

export interface RadioProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  readonly label: ReactNode
  readonly note?: ReactNode
}

/** One of several choices of which one holds. */
export function Radio({ label, note, className, ...rest }: RadioProps) {
  return (
    <label className={classNames('inline-flex min-h-[26px] items-center gap-2', className)}>
      <input
        {...rest}
        className="size-4 flex-none cursor-pointer appearance-none rounded-full border border-field-line bg-surface checked:border-[5px] checked:border-accent-solid"
        type="radio"
      />
      <span>{label}</span>
      {note === undefined ? null : <span className="text-12 text-text-3">{note}</span>}
    </label>
  )
}
