'use client'

import type { ApplicationPage } from '@driftless/contract'
import { Button, Icon, IconButton, Menu, Panel, SearchBox, Segments } from '@driftless/ui'
import { useEffect, useRef, useState } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { useShortcut } from '#lib/keyboard/use-shortcut.ts'
import type { UrlChanges } from '#lib/url/use-url-state.ts'
import { useFacetWords } from '../hooks/use-facet-words.ts'
import { countFilters, facetNames, type ListState, sortNames, toggleChoice } from '../logic/list-state.ts'
import { FilterGroups } from './filter-column.tsx'

export interface ListToolbarProps {
  readonly state: ListState
  readonly change: (changes: UrlChanges) => void
  readonly facets: ApplicationPage['facets'] | undefined
}

/** Search, chosen filters, sort and view. */
export function ListToolbar({ state, change, facets }: ListToolbarProps) {
  const t = useTranslate()
  const [filtering, setFiltering] = useState(false)
  return (
    <div className="flex min-h-11 flex-none items-center gap-2 border-line border-b bg-bg px-4 max-sm:flex-wrap max-sm:py-2">
      <span className={state.view === 'tiles' ? 'lg:hidden' : ''}>
        <IconButton icon="filter" kind="default" label={t('filter.title')} onClick={() => setFiltering(true)} />
      </span>
      <ListSearch search={state.search} onSearch={(search) => change({ search: search === '' ? undefined : search })} />
      <Chips change={change} state={state} />
      <span className="flex-1" />
      <Menu
        items={[
          ...sortNames.map((sort) => ({
            label: t(`sort.${sort}`),
            checked: sort === state.sort,
            onSelect: () => change({ sort }),
          })),
          {
            label: t('sort.asc'),
            checked: state.order === 'asc',
            separated: true,
            onSelect: () => change({ order: undefined }),
          },
          { label: t('sort.desc'), checked: state.order === 'desc', onSelect: () => change({ order: 'desc' }) },
        ]}
        trigger={
          <Button caret compact icon="sort" kind="ghost">
            {t(`sort.${state.sort}`)}
          </Button>
        }
      />
      <Segments
        label={t('view.label')}
        onChange={(view) => change({ view })}
        segments={[
          { value: 'tiles', label: t('view.tiles'), icon: 'apps', iconOnly: true },
          { value: 'list', label: t('view.list'), icon: 'list', iconOnly: true },
        ]}
        value={state.view}
      />
      <Panel
        closeLabel={t('action.close')}
        onClose={() => setFiltering(false)}
        open={filtering}
        title={t('filter.title')}
        width={320}
      >
        <FilterGroups change={change} facets={facets} state={state} />
      </Panel>
    </div>
  )
}

/** Words are sent to the server this long after the last key (ms). */
const typingPause = 200

function ListSearch({ search, onSearch }: { readonly search: string; readonly onSearch: (search: string) => void }) {
  const t = useTranslate()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(search)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useShortcut('/', () => input.current?.focus())
  useEffect(() => setText(search), [search])
  const onText = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onSearch(next), typingPause)
  }
  return (
    <SearchBox
      className="w-[300px] max-md:w-auto max-md:flex-1"
      inputRef={input}
      label={t('list.search')}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
      shortcut="/"
      value={text}
    />
  )
}

function Chips({ state, change }: { readonly state: ListState; readonly change: (changes: UrlChanges) => void }) {
  const t = useTranslate()
  const words = useFacetWords()
  if (countFilters(state) === 0) return null
  return (
    <span className="flex min-w-0 gap-1.5 overflow-x-auto [scrollbar-width:none] max-sm:order-last max-sm:w-full">
      {facetNames.flatMap((name) =>
        state.chosen[name].map((value) => (
          <button
            aria-label={t('filter.remove', { value: words(name, value) })}
            className="inline-flex h-6 flex-none cursor-pointer items-center gap-1.5 whitespace-nowrap rounded-2 bg-accent-bg pr-1 pl-2 text-12 text-accent-text"
            key={`${name}-${value}`}
            onClick={() => change({ [name]: toggleChoice(state.chosen[name], value) })}
            type="button"
          >
            {t(`facet.${name}`)} <b className="font-medium">{words(name, value)}</b>
            <Icon name="x" size={14} />
          </button>
        )),
      )}
    </span>
  )
}
