'use client'

import { classNames, Icon } from '@driftless/ui'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef } from 'react'
import type { MessageKey } from '#lib/i18n/translate.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import type { UrlChanges } from '#lib/url/use-url-state.ts'
import type { ApplicationPages } from '../hooks/use-application-pages.ts'
import { useGridKeys } from '../hooks/use-grid-keys.ts'
import type { ListState, SortName } from '../logic/list-state.ts'
import { ApplicationListRow } from './application-list-row.tsx'

const rowHeight = 32
const touchRowHeight = 56

export interface ApplicationListProps {
  readonly pages: ApplicationPages
  readonly state: ListState
  readonly change: (changes: UrlChanges) => void
}

/** Columns of the list; those that give way on narrow screens say at which width they appear. */
export const listColumns =
  'grid grid-cols-[minmax(120px,1fr)_auto_auto] md:grid-cols-[minmax(150px,1.2fr)_110px_160px_minmax(140px,1.6fr)] lg:grid-cols-[minmax(150px,1.2fr)_92px_110px_160px_minmax(160px,1.6fr)_150px_200px_64px] items-center gap-x-3 px-4'

const heads: readonly { readonly key: MessageKey; readonly sort?: SortName; readonly className?: string }[] = [
  { key: 'column.name', sort: 'name' },
  { key: 'column.project', className: 'max-lg:hidden' },
  { key: 'column.sync' },
  { key: 'column.health' },
  { key: 'column.image', className: 'max-md:hidden' },
  { key: 'column.revision', className: 'max-lg:hidden' },
  { key: 'column.lastSync', sort: 'synced', className: 'max-lg:hidden' },
  { key: 'column.age', sort: 'created', className: 'max-lg:hidden text-right' },
]

/** Applications as dense rows, of which only those in sight are drawn. */
export function ApplicationList({ pages, state, change }: ApplicationListProps) {
  const t = useTranslate()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: pages.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => (window.innerWidth < 640 ? touchRowHeight : rowHeight),
    overscan: 12,
    initialRect: { width: 1200, height: 900 },
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const { onVisible } = pages
  useEffect(() => onVisible(first, last), [onVisible, first, last])
  const scrollTo = useCallback((index: number) => virtual.scrollToIndex(index), [virtual])
  useGridKeys({ container: scroller, columns: 1, count: pages.total, scrollTo })
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto" ref={scroller}>
        <div
          className={classNames(
            listColumns,
            'sticky top-0 z-10 h-8 border-line border-b bg-bg font-medium text-12 text-text-3 max-md:hidden',
          )}
        >
          {heads.map((head) => (
            <ColumnHead change={change} head={head} key={head.key} state={state} />
          ))}
        </div>
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => (
            <div
              className="absolute top-0 left-0 w-full"
              key={item.key}
              style={{ transform: `translateY(${item.start}px)`, height: item.size }}
            >
              <ApplicationListRow index={item.index} row={pages.rowAt(item.index)} />
            </div>
          ))}
        </div>
      </div>
      <footer className="flex h-10 flex-none items-center border-line border-t bg-bg px-4 text-12 text-text-3">
        {t('list.range', {
          from: pages.total === 0 ? 0 : first + 1,
          to: Math.min(last + 1, pages.total),
          total: pages.total,
        })}
      </footer>
    </>
  )
}

function ColumnHead({
  head,
  state,
  change,
}: {
  readonly head: (typeof heads)[number]
  readonly state: ListState
  readonly change: (changes: UrlChanges) => void
}) {
  const t = useTranslate()
  const { sort } = head
  if (sort === undefined) return <span className={head.className}>{t(head.key)}</span>
  const here = state.sort === sort
  const descending = here && state.order === 'desc'
  return (
    <span className={head.className}>
      <button
        className={classNames('inline-flex cursor-pointer items-center gap-0.5 hover:text-text', here && 'text-text')}
        onClick={() => change({ sort, order: here && !descending ? 'desc' : undefined })}
        type="button"
      >
        {t(head.key)}
        {here ? <Icon name={descending ? 'arrowdown' : 'arrowup'} size={12} /> : null}
      </button>
    </span>
  )
}
