import { type ButtonHTMLAttributes, forwardRef, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'
import { Tooltip } from './tooltip.tsx'

export type ButtonKind = 'default' | 'primary' | 'ghost' | 'danger' | 'danger-solid'

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  readonly kind?: ButtonKind
  readonly size?: 'sm' | 'md' | 'lg'
  readonly icon?: IconName
  /** Shows a caret: the button opens a menu. */
  readonly caret?: boolean
  /** True while what the button started is not finished. */
  readonly busy?: boolean
  /** A disabled button stays focusable; give the reason so that it can be read. */
  readonly disabled?: boolean
  readonly disabledReason?: string | undefined
  readonly pressed?: boolean
  /** Hides the word on narrow screens; it stays the accessible name. */
  readonly compact?: boolean
  readonly children: ReactNode
}

const kinds: Record<ButtonKind, string> = {
  default: 'border-line-strong bg-surface text-text shadow-1 hover:bg-hover active:bg-pressed',
  primary: 'border-transparent bg-accent-solid text-on-accent shadow-1 hover:bg-accent-hover',
  ghost: 'border-transparent bg-transparent text-text-2 hover:bg-hover active:bg-pressed',
  danger: 'border-degraded-line bg-surface text-degraded-fg shadow-1 hover:bg-degraded-bg',
  'danger-solid': 'border-transparent bg-danger-solid text-white shadow-1 hover:brightness-110',
}
const sizes = { sm: 'h-6 px-2 text-12', md: 'h-7 px-2.5 text-13', lg: 'h-9 px-3.5 text-13' }
const base =
  'inline-flex flex-none cursor-pointer items-center justify-center gap-1.5 whitespace-nowrap rounded-2 border font-medium leading-none transition-colors duration-90 max-sm:min-h-9'
const off = 'cursor-not-allowed! border-line! bg-sunken! text-text-disabled! shadow-none! hover:bg-sunken!'
const offGhost = 'cursor-not-allowed! text-text-disabled! hover:bg-transparent!'

/** A button. `primary` is what Enter does; `danger-solid` is the one button that deletes. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(props, ref) {
  const {
    kind = 'default',
    size = 'md',
    icon,
    caret,
    busy,
    disabled,
    disabledReason,
    pressed,
    compact,
    ...rest
  } = props
  const { children, className, onClick, type, ...attributes } = rest
  const inactive = disabled === true || busy === true
  const button = (
    <button
      {...attributes}
      aria-busy={busy === true ? true : undefined}
      aria-disabled={inactive ? true : undefined}
      aria-pressed={pressed}
      className={classNames(
        base,
        sizes[size],
        kinds[kind],
        pressed === true && 'bg-pressed! text-text!',
        disabled === true && (kind === 'ghost' ? offGhost : off),
        className,
      )}
      onClick={inactive ? (event) => event.preventDefault() : onClick}
      ref={ref}
      type={type ?? 'button'}
    >
      {icon === undefined ? null : (
        <Icon
          className={classNames(
            '-ml-0.5',
            kind === 'default' && disabled !== true && 'text-text-3',
            busy === true && 'animate-spin-slow',
          )}
          name={busy === true ? 'progressing' : icon}
        />
      )}
      <span className={compact === true ? 'max-md:sr-only' : ''}>{children}</span>
      {caret === true ? <Icon className="text-text-3" name="down" size={12} /> : null}
    </button>
  )
  return disabled === true && disabledReason !== undefined ? <Tooltip text={disabledReason}>{button}</Tooltip> : button
})

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon' | 'caret' | 'compact'> {
  readonly icon: IconName
  /** The accessible name, shown as a tooltip too. */
  readonly label: string
}

const squares = { sm: 'w-6 px-0', md: 'w-7 px-0', lg: 'w-9 px-0' }

/** A button with an icon alone; its label is its accessible name and its tooltip. */
export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(props, ref) {
  const {
    icon,
    label,
    kind = 'ghost',
    size = 'md',
    busy,
    disabled,
    disabledReason,
    pressed,
    className,
    onClick,
    type,
    ...rest
  } = props
  const inactive = disabled === true || busy === true
  return (
    <Tooltip text={disabled === true && disabledReason !== undefined ? disabledReason : label}>
      <button
        {...rest}
        aria-disabled={inactive ? true : undefined}
        aria-label={label}
        aria-pressed={pressed}
        className={classNames(
          base,
          sizes[size],
          squares[size],
          kinds[kind],
          pressed === true && 'bg-pressed! text-text!',
          disabled === true && (kind === 'ghost' ? offGhost : off),
          'max-sm:min-w-9',
          className,
        )}
        onClick={inactive ? (event) => event.preventDefault() : onClick}
        ref={ref}
        type={type ?? 'button'}
      >
        <Icon className={busy === true ? 'animate-spin-slow' : ''} name={busy === true ? 'progressing' : icon} />
      </button>
    </Tooltip>
  )
})

/** Buttons joined into one, such as an action and its menu. */
export function ButtonGroup({ children }: { readonly children: ReactNode }) {
  return (
    <span className="inline-flex [&>*]:rounded-none [&>*:first-child]:rounded-l-2 [&>*:last-child]:rounded-r-2 [&>*+*]:-ml-px">
      {children}
    </span>
  )
}
