'use client'

import { IconButton, SearchBox, Segments, StatusIcon } from '@driftless/ui'
import { type ReactNode, useRef } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { useShortcut } from '#lib/keyboard/use-shortcut.ts'
import type { TreeView } from '../hooks/use-tree-view.ts'
import type { PageProps } from '../logic/page-props.ts'

export interface TreeToolbarProps extends Pick<PageProps, 'state' | 'change'> {
  readonly view: TreeView
  readonly onRedPath?: (() => void) | undefined
  readonly children?: ReactNode
}

/** View, search and the way to what is red. */
export function TreeToolbar({ state, change, view, onRedPath, children }: TreeToolbarProps) {
  const t = useTranslate()
  const input = useRef<HTMLInputElement>(null)
  useShortcut('/', () => input.current?.focus())
  const red = view.layout.redPaths
  return (
    <div className="flex min-h-10 flex-none items-center gap-2 border-line border-b bg-bg px-3 max-sm:flex-wrap max-sm:py-2">
      <Segments
        label={t('view.label')}
        onChange={(next) => change({ view: next })}
        segments={[
          { value: 'tree', label: t('view.tree'), icon: 'tree' },
          { value: 'list', label: t('view.list'), icon: 'list' },
        ]}
        value={state.view ?? 'tree'}
      />
      <SearchBox
        className="w-[220px] max-sm:flex-1"
        inputRef={input}
        label={t('tree.search')}
        onChange={(event) => view.setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          view.setName('')
          event.currentTarget.blur()
        }}
        shortcut="/"
        value={view.name}
      />
      {red > 0 ? (
        <button
          className="inline-flex cursor-pointer items-center gap-1.5 whitespace-nowrap font-medium text-12 text-degraded-fg"
          onClick={onRedPath}
          type="button"
        >
          <StatusIcon tone="degraded" />
          {t('tree.redPaths', { n: red })}
        </button>
      ) : null}
      <span className="flex-1" />
      <IconButton
        icon="groupn"
        label={t('tree.group')}
        onClick={() => view.setGrouping(!view.groupKinds)}
        pressed={view.groupKinds}
      />
      {children}
    </div>
  )
}
