import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { parseAnsi } from './ansi-text.ts'
import { classNames } from './class-names.ts'

/** A line of a log; `series` gives pods their colours, 0 to 3, and never means a status. */
export interface LogLine {
  readonly id: number
  readonly text: string
  readonly time?: string
  readonly source?: string
  readonly series?: number
  readonly level?: 'info' | 'warn' | 'error' | 'fatal' | undefined
}

export interface LogViewProps {
  readonly label: string
  readonly lines: readonly LogLine[]
  /** Keeps the last line in sight. */
  readonly follow: boolean
  /** Called when the reader scrolls away from the end, or back to it. */
  readonly onFollowChange?: (follow: boolean) => void
  readonly showTime: boolean
  readonly showSource: boolean
  readonly wrap: boolean
}

const seriesColors = ['text-series-1', 'text-series-2', 'text-series-3', 'text-series-4']
const ansiColors = {
  red: 'text-degraded-fg',
  green: 'text-healthy-fg',
  yellow: 'text-outofsync-fg',
  blue: 'text-code-key',
  dim: 'text-code-dim',
}

/** Log lines, of which only those in sight are drawn. */
export function LogView({ label, lines, follow, onFollowChange, showTime, showSource, wrap }: LogViewProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 24,
    overscan: 20,
    getItemKey: (index) => lines[index]?.id ?? index,
  })
  const count = lines.length
  useEffect(() => {
    if (follow && count > 0) virtual.scrollToIndex(count - 1, { align: 'end' })
  }, [follow, count, virtual])
  return (
    <div
      aria-label={label}
      className="h-full overflow-auto bg-code-bg font-mono text-[12px]"
      onScroll={(event) => {
        const { scrollTop, scrollHeight, clientHeight } = event.currentTarget
        const atEnd = scrollHeight - scrollTop - clientHeight < 32
        if (!atEnd && follow && virtual.scrollDirection === 'backward') onFollowChange?.(false)
      }}
      ref={scroller}
      role="log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
    >
      <div className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index]
          if (line === undefined) return null
          return (
            <div
              className={classNames('absolute top-0 left-0 flex w-full', line.level === 'fatal' && 'bg-degraded-bg')}
              data-index={item.index}
              key={item.key}
              ref={wrap ? virtual.measureElement : undefined}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <LogLineRow line={line} showSource={showSource} showTime={showTime} wrap={wrap} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function LogLineRow({
  line,
  showTime,
  showSource,
  wrap,
}: {
  readonly line: LogLine
  readonly showTime: boolean
  readonly showSource: boolean
  readonly wrap: boolean
}) {
  return (
    <>
      {showTime ? (
        <span className="w-[104px] flex-none select-none pl-4 text-code-dim leading-6">{line.time}</span>
      ) : (
        <span className="w-4 flex-none" />
      )}
      {showSource ? (
        <span
          className={classNames(
            'w-[150px] flex-none truncate pr-3 leading-6 max-sm:w-20',
            seriesColors[(line.series ?? 0) % 4],
          )}
          title={line.source}
        >
          {line.source}
        </span>
      ) : null}
      <span
        className={classNames(
          'min-w-0 flex-1 pr-4 leading-6',
          wrap ? 'whitespace-pre-wrap break-all' : 'truncate whitespace-pre',
          (line.level === 'error' || line.level === 'fatal') && 'text-degraded-fg',
          line.level === 'warn' && 'text-outofsync-fg',
        )}
      >
        {parseAnsi(line.text).map((piece, index) => (
          <span
            className={classNames(
              piece.color === undefined ? '' : ansiColors[piece.color],
              piece.bold && 'font-semibold',
            )}
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces keep their order
            key={index}
          >
            {piece.text}
          </span>
        ))}
      </span>
    </>
  )
}
