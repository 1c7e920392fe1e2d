'use client'

import type { ApplicationPage } from '@driftless/contract'
import { Button, CheckMark, classNames, Dot, StatusIcon } from '@driftless/ui'
import { type ReactNode, useId } from 'react'
import { useClusters } from '#lib/api/inventory.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { findCluster, freshnessOf } from '#lib/status/freshness.ts'
import { presentHealth, presentSync } from '#lib/status/tones.ts'
import { useNow } from '#lib/time/use-now.ts'
import type { UrlChanges } from '#lib/url/use-url-state.ts'
import { useFacetWords } from '../hooks/use-facet-words.ts'
import { facetOptions } from '../logic/facet-options.ts'
import { clearedFilters, countFilters, type FacetName, type ListState, toggleChoice } from '../logic/list-state.ts'

export interface FilterProps {
  readonly facets: ApplicationPage['facets'] | undefined
  readonly state: ListState
  readonly change: (changes: UrlChanges) => void
}

/** Filters beside the tiles; on narrower screens they are behind the filter button. */
export function FilterColumn(props: FilterProps) {
  const t = useTranslate()
  return (
    <aside
      aria-label={t('filter.title')}
      className="w-[236px] flex-none overflow-y-auto border-line border-r bg-bg max-lg:hidden"
    >
      <FilterGroups {...props} />
    </aside>
  )
}

const shownFacets: readonly FacetName[] = [
  'sync',
  'health',
  'operation',
  'proj',
  'cluster',
  'namespace',
  'repo',
  'autoSync',
]

/** The groups of filters with the counts that the server gave. */
export function FilterGroups({ facets, state, change }: FilterProps) {
  const t = useTranslate()
  return (
    <div className="flex flex-col gap-1 p-2">
      {countFilters(state) === 0 ? null : (
        <Button icon="x" kind="ghost" onClick={() => change(clearedFilters())} size="sm">
          {t('list.clear')}
        </Button>
      )}
      {shownFacets.map((name) => {
        const options = facetOptions(name, facets?.[name] ?? [], state.chosen[name])
        return options.length === 0 ? null : (
          <fieldset className="border-line border-b pb-2 last:border-0" key={name}>
            <legend className="flex h-7 items-center px-2 font-semibold text-11 text-text-3 tracking-[.02em]">
              {t(`facet.${name}`)}
            </legend>
            {options.map((option) => (
              <FilterOption
                checked={state.chosen[name].includes(option.value)}
                count={option.count}
                key={option.value}
                onToggle={() => change({ [name]: toggleChoice(state.chosen[name], option.value) })}
              >
                <OptionLabel name={name} value={option.value} />
              </FilterOption>
            ))}
          </fieldset>
        )
      })}
    </div>
  )
}

interface FilterOptionProps {
  readonly checked: boolean
  readonly count: number
  readonly onToggle: () => void
  readonly children: ReactNode
}

function FilterOption({ checked, count, onToggle, children }: FilterOptionProps) {
  const id = useId()
  return (
    <label
      htmlFor={id}
      className={classNames(
        'flex h-[26px] min-w-0 items-center gap-2 rounded-2 px-2 max-md:h-9',
        checked ? 'bg-accent-bg text-text' : 'text-text-2 hover:bg-hover',
        count === 0 && !checked && 'text-text-3',
      )}
    >
      <CheckMark checked={checked} id={id} onChange={onToggle} />
      {children}
      <span className={classNames('ml-auto text-12', checked ? 'font-medium text-accent-text' : 'text-text-3')}>
        {count}
      </span>
    </label>
  )
}

function OptionLabel({ name, value }: { readonly name: FacetName; readonly value: string }) {
  const words = useFacetWords()
  const presentation = name === 'sync' ? presentSync(value) : name === 'health' ? presentHealth(value) : undefined
  return (
    <>
      {presentation === undefined ? null : <StatusIcon icon={presentation.icon} size={14} tone={presentation.tone} />}
      {name === 'cluster' ? <ClusterDot value={value} /> : null}
      <span className="truncate" title={value}>
        {words(name, value)}
      </span>
    </>
  )
}

function ClusterDot({ value }: { readonly value: string }) {
  const clusters = useClusters()
  const now = useNow()
  const all = clusters.data ?? []
  const cluster = findCluster(all, { server: value }) ?? findCluster(all, { name: value })
  const { state } = freshnessOf(undefined, cluster, now)
  return <Dot state={state === 'fresh' ? 'ok' : state === 'stale' ? 'warn' : 'off'} />
}
