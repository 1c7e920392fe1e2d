'use client'

import { classNames, Icon, Kbd, StatusIcon } from '@driftless/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useState } from 'react'
import { api } from '#lib/api/client.ts'
import { keys } from '#lib/api/keys.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { SyncWord } from '#lib/status/words.tsx'
import { applicationEntries, moveChoice, type PaletteEntry, splitMatch } from '../logic/palette-entry.ts'

/** The palette's field and list. */
export function PaletteBox({ onDone }: { readonly onDone: () => void }) {
  const t = useTranslate()
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const { entries, total } = usePaletteEntries(typed)
  const open = (entry: PaletteEntry | undefined) => {
    if (entry === undefined) return
    router.push(entry.href)
    onDone()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setChosen(moveChoice(chosen, step, entries.length))
    }
    if (event.key === 'Enter') open(entries[chosen])
  }
  return (
    <>
      <div className="flex h-[52px] items-center gap-3 border-line border-b px-4">
        <Icon className="text-text-3" name="search" size={20} />
        <input
          aria-activedescendant={entries[chosen] === undefined ? undefined : `palette-${chosen}`}
          aria-controls="palette-list"
          aria-expanded="true"
          aria-label={t('palette.search')}
          autoComplete="off"
          className="h-full min-w-0 flex-1 bg-transparent text-16 outline-none!"
          onChange={(event) => {
            setTyped(event.target.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
          placeholder={t('palette.search')}
          role="combobox"
          spellCheck={false}
          value={typed}
        />
      </div>
      <div className="max-h-[420px] overflow-auto px-2 pt-1 pb-2" id="palette-list" role="listbox">
        {entries.map((entry, index) => (
          <div key={entry.id}>
            {entries[index - 1]?.group === entry.group ? null : (
              <div className="px-2 pt-2.5 pb-1 font-medium text-11 text-text-3">
                {t(`palette.${entry.group}`)}
                {entry.group === 'applications' ? <span className="ml-1 font-normal">{total}</span> : null}
              </div>
            )}
            <PaletteLine
              chosen={index === chosen}
              entry={entry}
              id={`palette-${index}`}
              onOpen={() => open(entry)}
              typed={typed}
            />
          </div>
        ))}
        {entries.length === 0 ? <p className="px-2 py-6 text-center text-text-3">{t('palette.nothing')}</p> : null}
      </div>
      <footer className="flex h-[38px] items-center gap-4 border-line border-t bg-sunken px-4 text-12 text-text-3">
        <span className="flex items-center gap-1">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd> {t('shortcut.move')}
        </span>
        <span className="flex items-center gap-1">
          <Kbd>Enter</Kbd> {t('shortcut.open')}
        </span>
        <span className="ml-auto">{t('palette.onServer')}</span>
      </footer>
    </>
  )
}

interface LineProps {
  readonly entry: PaletteEntry
  readonly id: string
  readonly typed: string
  readonly chosen: boolean
  readonly onOpen: () => void
}

function PaletteLine({ entry, id, typed, chosen, onOpen }: LineProps) {
  const [before, match, after] = splitMatch(entry.label, typed)
  return (
    <button
      aria-selected={chosen}
      className={classNames(
        'flex h-9 w-full cursor-pointer items-center gap-2.5 rounded-2 px-2 text-left',
        chosen ? 'bg-accent-bg' : 'hover:bg-hover',
      )}
      id={id}
      onClick={onOpen}
      role="option"
      tabIndex={-1}
      type="button"
    >
      {entry.tone === undefined ? (
        <Icon className="text-text-3" name={entry.icon} />
      ) : (
        <StatusIcon icon={entry.icon} tone={entry.tone} />
      )}
      <span className="whitespace-nowrap font-medium">
        {before}
        <span className="font-semibold text-accent-text">{match}</span>
        {after}
      </span>
      <span className="min-w-0 flex-1 truncate text-12 text-text-3">{entry.note}</span>
      {entry.sync === undefined ? null : <SyncWord status={entry.sync} />}
    </button>
  )
}

function usePaletteEntries(typed: string): { entries: PaletteEntry[]; total: number } {
  const t = useTranslate()
  const query = { search: typed === '' ? undefined : typed, sort: 'attention' as const, limit: 8 }
  const found = useQuery({
    queryKey: keys.applicationPage(query),
    queryFn: ({ signal }) => api.call('searchApplications', { query, signal }),
    placeholderData: keepPreviousData,
  })
  const applications = applicationEntries(found.data?.rows ?? [])
  const first = applications[0]
  const actions: PaletteEntry[] =
    first === undefined || typed === ''
      ? []
      : [
          {
            id: 'sync',
            group: 'actions',
            label: `${t('action.sync')} ${first.label}…`,
            note: t('palette.syncNote'),
            icon: 'sync',
            href: `${first.href}?deploy=all`,
          },
          {
            id: 'diff',
            group: 'actions',
            label: `${t('action.diff')} ${first.label}`,
            note: '',
            icon: 'diff',
            href: `${first.href}?tab=diff`,
          },
          {
            id: 'rollback',
            group: 'actions',
            label: `${t('action.rollback')} ${first.label}…`,
            note: t('palette.rollbackNote'),
            icon: 'rollback',
            href: `${first.href}?rollback=0`,
          },
        ]
  const pages: PaletteEntry[] = (
    [
      { id: 'new', label: t('action.newApp'), icon: 'plus', href: '/applications?new=' },
      { id: 'repos', label: t('settings.repositories'), icon: 'branch', href: '/settings/repos' },
      { id: 'connect', label: t('action.connectRepo'), icon: 'plus', href: '/settings/repos?addRepo=true' },
      { id: 'clusters', label: t('settings.clusters'), icon: 'cluster', href: '/settings/clusters' },
      { id: 'user', label: t('nav.userInfo'), icon: 'user', href: '/user-info' },
    ] as const
  )
    .filter((page) => page.label.toLowerCase().includes(typed.toLowerCase()))
    .map((page) => ({ ...page, group: 'pages', note: '' }))
  return { entries: [...applications, ...actions, ...pages], total: found.data?.total ?? 0 }
}
