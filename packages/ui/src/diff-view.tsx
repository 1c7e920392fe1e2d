import { type ReactNode, useMemo, useState } from 'react'
import { classNames } from './class-names.ts'
import { YamlLine } from './code-block.tsx'
import { type DiffRow, diffLines, diffWords, foldRows, type WordPiece } from './diff-lines.ts'
import { Icon } from './icon.tsx'

export interface DiffViewProps {
  readonly left: string
  readonly right: string
  readonly leftTitle: ReactNode
  readonly rightTitle: ReactNode
  readonly mode: 'split' | 'inline'
  /** Shows every line when false. */
  readonly fold?: boolean
  /** Words for a fold, such as "18 unchanged lines". */
  readonly foldLabel: (lines: number) => string
  /** Who changed a line; keyed by `l<number>` or `r<number>`. */
  readonly annotations?: ReadonlyMap<string, ReactNode>
  readonly annotationTitle?: string
}

/** Two texts side by side or in one column: unchanged runs folded, words that differ marked. */
export function DiffView(props: DiffViewProps) {
  const { left, right, fold = true, foldLabel, mode, annotations } = props
  const rows = useMemo(() => diffLines(left, right), [left, right])
  const sections = useMemo(() => (fold ? foldRows(rows) : [{ folded: false, rows }]), [rows, fold])
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const annotated = annotations !== undefined && annotations.size > 0 && mode === 'split'
  return (
    <div className="min-w-0 bg-code-bg text-[11.5px]">
      <DiffHead {...props} annotated={annotated} />
      {sections.map((section, index) =>
        section.folded && !opened.has(index) ? (
          <button
            className="flex h-[26px] w-full cursor-pointer items-center gap-2 border-line border-y bg-sunken px-3.5 font-sans text-12 text-text-3 hover:text-text"
            // biome-ignore lint/suspicious/noArrayIndexKey: sections keep their order
            key={index}
            onClick={() => setOpened(new Set([...opened, index]))}
            type="button"
          >
            <Icon name="expand" size={14} />
            {foldLabel(section.rows.length)}
          </button>
        ) : (
          section.rows.map((row) =>
            mode === 'split' ? (
              <SplitRow annotated={annotated} annotations={annotations} key={rowKey(row)} row={row} />
            ) : (
              <InlineRows key={rowKey(row)} row={row} />
            ),
          )
        ),
      )}
    </div>
  )
}

function DiffHead({
  leftTitle,
  rightTitle,
  mode,
  annotated,
  annotationTitle,
}: DiffViewProps & { readonly annotated: boolean }) {
  if (mode === 'inline') {
    return (
      <div className="sticky top-0 z-10 flex h-7 items-center gap-4 border-line border-b bg-bg px-3 font-medium font-sans text-12 text-text-2">
        <span className="text-del-fg">{leftTitle}</span>
        <span className="text-add-fg">{rightTitle}</span>
      </div>
    )
  }
  return (
    <div
      className={classNames(
        'sticky top-0 z-10 grid h-7 items-center border-line border-b bg-bg font-medium font-sans text-12 text-text-2',
        columns(annotated),
      )}
    >
      <span className="col-span-2 truncate pl-3">{leftTitle}</span>
      <span className="col-span-2 truncate border-line border-l pl-3 leading-7">{rightTitle}</span>
      {annotated ? (
        <span className="truncate border-line border-l pl-3 leading-7 max-md:hidden">{annotationTitle}</span>
      ) : null}
    </div>
  )
}

function columns(annotated: boolean): string {
  return annotated
    ? 'grid-cols-[34px_minmax(0,1fr)_34px_minmax(0,1fr)] md:grid-cols-[34px_minmax(0,1fr)_34px_minmax(0,1fr)_208px]'
    : 'grid-cols-[34px_minmax(0,1fr)_34px_minmax(0,1fr)]'
}

const hatched = 'bg-[repeating-linear-gradient(135deg,transparent_0_4px,var(--line)_4px_5px)]'

interface SplitRowProps {
  readonly row: DiffRow
  readonly annotated: boolean
  readonly annotations?: ReadonlyMap<string, ReactNode> | undefined
}

function SplitRow({ row, annotated, annotations }: SplitRowProps) {
  const words = row.kind === 'changed' ? diffWords(row.left?.text ?? '', row.right?.text ?? '') : undefined
  const note = annotations?.get(`r${row.right?.number}`) ?? annotations?.get(`l${row.left?.number}`)
  const leftTone = row.left === undefined ? hatched : row.kind === 'same' ? '' : 'bg-del-bg'
  const rightTone = row.right === undefined ? hatched : row.kind === 'same' ? '' : 'bg-add-bg'
  return (
    <div className={classNames('grid min-h-[22px] font-mono leading-[22px]', columns(annotated))}>
      <LineNumber className={leftTone} number={row.left?.number} />
      <LineText
        className={leftTone}
        pieces={words?.left}
        sign={row.kind === 'same' || row.left === undefined ? '' : '−'}
        text={row.left?.text}
        side="left"
      />
      <LineNumber className={classNames(rightTone, 'border-line border-l')} number={row.right?.number} />
      <LineText
        className={rightTone}
        pieces={words?.right}
        sign={row.kind === 'same' || row.right === undefined ? '' : '+'}
        text={row.right?.text}
        side="right"
      />
      {annotated ? (
        <div className="flex min-w-0 items-center border-line border-l bg-bg px-2 font-sans text-12 max-md:hidden">
          {note}
        </div>
      ) : null}
    </div>
  )
}

function InlineRows({ row }: { readonly row: DiffRow }) {
  const words = row.kind === 'changed' ? diffWords(row.left?.text ?? '', row.right?.text ?? '') : undefined
  const line = (side: 'left' | 'right') => {
    const same = row.kind === 'same'
    const tone = same ? '' : side === 'left' ? 'bg-del-bg' : 'bg-add-bg'
    return (
      <div className="grid min-h-[22px] grid-cols-[34px_34px_minmax(0,1fr)] font-mono leading-[22px]">
        <LineNumber className={tone} number={same || side === 'left' ? row.left?.number : undefined} />
        <LineNumber className={tone} number={same || side === 'right' ? row.right?.number : undefined} />
        <LineText
          className={tone}
          pieces={words?.[side]}
          side={side}
          sign={same ? '' : side === 'left' ? '−' : '+'}
          text={row[side]?.text}
        />
      </div>
    )
  }
  if (row.kind === 'same') return line('right')
  return (
    <>
      {row.left === undefined ? null : line('left')}
      {row.right === undefined ? null : line('right')}
    </>
  )
}

function LineNumber({ number, className }: { readonly number: number | undefined; readonly className: string }) {
  return (
    <span className={classNames('select-none pr-1.5 text-right text-11 text-code-dim leading-[22px]', className)}>
      {number}
    </span>
  )
}

interface LineTextProps {
  readonly text: string | undefined
  readonly pieces: readonly WordPiece[] | undefined
  readonly sign: string
  readonly side: 'left' | 'right'
  readonly className: string
}

function LineText({ text, pieces, sign, side, className }: LineTextProps) {
  return (
    <span className={classNames('relative whitespace-pre-wrap break-all pr-1 pl-4', className)}>
      <span className={classNames('absolute left-[5px] select-none', side === 'left' ? 'text-del-fg' : 'text-add-fg')}>
        {sign}
      </span>
      {pieces === undefined ? (
        <YamlLine text={text ?? ''} />
      ) : (
        pieces.map((piece, index) => (
          <span
            className={
              piece.changed ? classNames('rounded-[2px] py-0.5', side === 'left' ? 'bg-del-word' : 'bg-add-word') : ''
            }
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces keep their order
            key={index}
          >
            {piece.text}
          </span>
        ))
      )}
    </span>
  )
}

function rowKey(row: DiffRow): string {
  return `${row.left?.number ?? ''}:${row.right?.number ?? ''}`
}
