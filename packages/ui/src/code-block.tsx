import { memo } from 'react'
import { classNames } from './class-names.ts'
import { tokenizeYamlLine, type YamlToken } from './yaml-tokens.ts'

const colors: Readonly<Record<YamlToken['type'], string>> = {
  key: 'text-code-key',
  string: 'text-code-str',
  number: 'text-code-num',
  comment: 'text-code-dim',
  plain: '',
}

/** One line of YAML in colours. */
export const YamlLine = memo(function YamlLine({ text }: { readonly text: string }) {
  return tokenizeYamlLine(text).map((token, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces keep their order
    <span className={colors[token.type]} key={index}>
      {token.text}
    </span>
  ))
})

export interface CodeBlockProps {
  /** YAML, JSON or plain text. */
  readonly text: string
  readonly label: string
  readonly plain?: boolean
  readonly numbers?: boolean
  /** 1-based lines to point out. */
  readonly marked?: readonly number[]
  readonly className?: string
}

/** Text that a machine said, with line numbers and YAML colours; read only. */
export function CodeBlock({ text, label, plain, numbers = true, marked = [], className }: CodeBlockProps) {
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
  return (
    <section
      aria-label={label}
      className={classNames('m-0 overflow-auto bg-code-bg py-2 font-mono text-[12px] leading-5', className)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
    >
      {lines.map((line, index) => (
        <div
          className={classNames(
            'flex min-w-full pr-4 [contain-intrinsic-size:auto_20px] [content-visibility:auto]',
            marked.includes(index + 1) && 'bg-outofsync-bg shadow-[inset_2px_0_0_var(--outofsync-solid)]',
          )}
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its position
          key={index}
        >
          {numbers ? (
            <span className="w-10 flex-none select-none pr-3 text-right text-code-dim">{index + 1}</span>
          ) : (
            <span className="w-4 flex-none" />
          )}
          <span className="whitespace-pre">{plain === true ? line : <YamlLine text={line} />}</span>
        </div>
      ))}
    </section>
  )
}
