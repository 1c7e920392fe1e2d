'use client'

import { Button, classNames, EmptyState, KindIcon, SearchBox, Segments, Skeleton, StatusWord } from '@driftless/ui'
import { useMemo, useState } from 'react'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { shortRevision } from '#lib/links/revision.ts'
import { FreshnessAge } from '#lib/status/freshness-age.tsx'
import { useManagedResources } from '../hooks/use-application.ts'
import { useObservedApplication } from '../hooks/use-observed-application.ts'
import { type DifferingObject, differingObjects } from '../logic/differing-objects.ts'
import type { PageProps } from '../logic/page-props.ts'
import { ManagerNote } from './field-differences.tsx'
import { ObjectDiff } from './object-diff.tsx'

/** Everything that differs between git and the cluster, object by object. */
export function DiffPage({ id, application }: PageProps) {
  const t = useTranslate()
  const managed = useManagedResources(id)
  const refusal = useRefusal(managed.data === undefined ? managed.error : undefined)
  const objects = useMemo(() => differingObjects(managed.data ?? []), [managed.data])
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState<string>()
  const [mode, setMode] = useState<'split' | 'inline'>('split')
  const [fold, setFold] = useState(true)
  const observed = useObservedApplication(application)
  const shown = objects.filter(
    (object) =>
      object.resource.name.toLowerCase().includes(words.toLowerCase()) ||
      object.resource.kind.toLowerCase().includes(words.toLowerCase()),
  )
  const current = shown.find((object) => object.key === chosen) ?? shown[0]
  const total = objects.reduce(
    (sum, object) => ({ added: sum.added + object.added, removed: sum.removed + object.removed }),
    { added: 0, removed: 0 },
  )
  if (refusal !== undefined)
    return (
      <EmptyState
        actions={
          <Button icon="refresh" onClick={() => void managed.refetch()}>
            {t('action.tryAgain')}
          </Button>
        }
        icon="error"
        title={t('diff.unread')}
      >
        {refusal.message}
      </EmptyState>
    )
  if (managed.data === undefined)
    return (
      <div className="p-6">
        <Skeleton width="40%" />
      </div>
    )
  return (
    <>
      <div className="flex min-h-11 flex-none flex-wrap items-center gap-3 border-line border-b bg-bg px-4 py-1">
        <StatusWord tone={objects.length === 0 ? 'synced' : 'outofsync'}>
          {t('diff.objects', { n: objects.length })}
        </StatusWord>
        <span className="flex items-center gap-1.5 text-12 text-text-3">
          {t('diff.against')} <code className="font-mono">{shortRevision(application.status?.sync?.revision)}</code> ·{' '}
          <FreshnessAge freshness={observed.freshness} />
        </span>
        <Counts added={total.added} removed={total.removed} />
        <span className="flex-1" />
        <Segments
          label={t('diff.mode')}
          onChange={setMode}
          segments={[
            { value: 'split', label: t('diff.split') },
            { value: 'inline', label: t('diff.inline') },
          ]}
          value={mode}
        />
        <Button icon="fold" kind="ghost" onClick={() => setFold(!fold)} pressed={fold}>
          {t('diff.foldUnchanged')}
        </Button>
      </div>
      {current === undefined ? (
        <EmptyState icon="synced" title={t('diff.none')}>
          {t('diff.noneHint')}
        </EmptyState>
      ) : (
        <div className="flex min-h-0 flex-1 max-md:flex-col">
          <aside className="flex w-[264px] flex-none flex-col gap-2 overflow-y-auto border-line border-r px-2 py-2.5 max-md:max-h-44 max-md:w-full max-md:border-r-0 max-md:border-b">
            <SearchBox label={t('diff.filter')} onChange={(event) => setWords(event.target.value)} value={words} />
            <ul>
              {shown.map((object) => (
                <li key={object.key}>
                  <ObjectLine chosen={object === current} object={object} onChoose={() => setChosen(object.key)} />
                </li>
              ))}
            </ul>
            <Managers objects={objects} />
          </aside>
          <div className="min-w-0 flex-1 overflow-auto bg-code-bg" data-testid="diff-body">
            <ObjectDiff fold={fold} key={current.key} mode={mode} object={current} />
          </div>
        </div>
      )}
    </>
  )
}

function Counts({ added, removed }: { readonly added: number; readonly removed: number }) {
  return (
    <span className="flex flex-none gap-1.5 font-mono text-[11.5px]">
      <span className="text-add-fg">+{added}</span>
      <span className="text-del-fg">−{removed}</span>
    </span>
  )
}

function ObjectLine({
  object,
  chosen,
  onChoose,
}: {
  readonly object: DifferingObject
  readonly chosen: boolean
  readonly onChoose: () => void
}) {
  const t = useTranslate()
  return (
    <button
      aria-current={chosen ? 'true' : undefined}
      className={classNames(
        'flex h-11 w-full cursor-pointer items-center gap-2.5 rounded-2 px-2 text-left',
        chosen ? 'bg-accent-bg' : 'hover:bg-hover',
      )}
      onClick={onChoose}
      type="button"
    >
      <KindIcon className="text-text-2" kind={object.resource.kind} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium leading-4">{object.resource.name}</span>
        <span className="block truncate text-11 text-text-3">
          {object.resource.kind}
          {object.side === 'both' ? null : (
            <span className={object.side === 'git' ? 'text-add-fg' : 'text-del-fg'}>
              {' '}
              · {t(object.side === 'git' ? 'diff.gitOnly' : 'diff.liveOnly')}
            </span>
          )}
        </span>
      </span>
      <Counts added={object.added} removed={object.removed} />
    </button>
  )
}

/** Who last set the fields that differ, and how many each. */
function Managers({ objects }: { readonly objects: readonly DifferingObject[] }) {
  const t = useTranslate()
  const counts = new Map<string, number>()
  for (const difference of objects.flatMap((object) => object.resource.differences ?? [])) {
    if (difference.manager !== undefined) counts.set(difference.manager, (counts.get(difference.manager) ?? 0) + 1)
  }
  if (counts.size === 0) return null
  return (
    <div className="mt-auto grid gap-1 border-line border-t px-2 pt-3 max-md:hidden">
      <h3 className="font-medium text-11 text-text-3">{t('diff.changedBy')}</h3>
      {[...counts].map(([manager, count]) => (
        <div className="flex h-[26px] items-center justify-between gap-2" key={manager}>
          <ManagerNote manager={manager} />
          <span className="text-12 text-text-3">{t('diff.fieldCount', { n: count })}</span>
        </div>
      ))}
    </div>
  )
}
