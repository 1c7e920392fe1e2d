'use client'

import type { ObjectKey } from '@driftless/kube-objects'
import { Banner, Button, EmptyState, IconButton, LogView, SearchBox } from '@driftless/ui'
import { useMemo, useState } from 'react'
import type { AppId } from '#lib/api/keys.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { useLogs } from '../hooks/use-logs.ts'
import { logFileName, toLogLines } from '../logic/log-lines.ts'
import { containerNames } from '../logic/resource-facts.ts'

const tails = [100, 500, 1000, 5000, 10_000]

/** The log of a pod, or of all pods of a workload merged by time. */
export function LogsTab({
  id,
  node,
  live,
}: {
  readonly id: AppId
  readonly node: ObjectKey
  readonly live: Record<string, unknown> | undefined
}) {
  const t = useTranslate()
  const containers = useMemo(() => containerNames(live), [live])
  const [container, setContainer] = useState('')
  const [follow, setFollow] = useState(true)
  const [previous, setPrevious] = useState(false)
  const [wrap, setWrap] = useState(true)
  const [time, setTime] = useState(true)
  const [tail, setTail] = useState(1000)
  const [filter, setFilter] = useState('')
  const logs = useLogs(id, { node, container: container || containers[0], previous, tail, follow: !previous })
  const { lines, sources } = useMemo(() => toLogLines(logs.entries, filter), [logs.entries, filter])
  const download = () =>
    saveText(logFileName(node.name, container || containers[0]), logs.entries.map((entry) => entry.content).join('\n'))
  const chooser = 'h-7 cursor-pointer rounded-2 border border-line-strong bg-surface px-2 text-12 max-sm:h-9'
  return (
    <div className="flex h-full min-h-[300px] flex-col">
      <div className="flex flex-none flex-wrap items-center gap-1.5 border-line border-b px-3 py-2">
        <SearchBox
          className="min-w-[120px] flex-1"
          label={t('logs.filter')}
          onChange={(event) => setFilter(event.target.value)}
          value={filter}
        />
        <select
          aria-label={t('logs.container')}
          className={chooser}
          onChange={(event) => setContainer(event.target.value)}
          value={container || containers[0]}
        >
          {containers.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <select
          aria-label={t('logs.tail')}
          className={chooser}
          onChange={(event) => setTail(Number(event.target.value))}
          value={tail}
        >
          {tails.map((count) => (
            <option key={count} value={count}>
              {t('logs.tailOf', { n: count })}
            </option>
          ))}
        </select>
        <IconButton
          icon="history"
          label={t('logs.previous')}
          onClick={() => setPrevious(!previous)}
          pressed={previous}
        />
        <IconButton icon="wrap" label={t('logs.wrap')} onClick={() => setWrap(!wrap)} pressed={wrap} />
        <IconButton icon="clock" label={t('logs.time')} onClick={() => setTime(!time)} pressed={time} />
        <IconButton icon="download" label={t('logs.download')} onClick={download} />
        <Button icon="arrowdown" onClick={() => setFollow(!follow)} pressed={follow} size="sm">
          {t('logs.follow')}
        </Button>
      </div>
      {logs.error === undefined ? null : (
        <div className="p-3">
          <Banner
            actions={
              <Button icon="refresh" onClick={logs.retry} size="sm">
                {t('action.tryAgain')}
              </Button>
            }
            title={t('logs.unread')}
            tone="degraded"
          >
            {logs.error}
          </Banner>
        </div>
      )}
      <div className="min-h-0 flex-1">
        {lines.length === 0 && logs.error === undefined ? (
          <EmptyState
            icon="logs"
            title={t(logs.open ? 'logs.waiting' : filter === '' ? 'logs.none' : 'logs.noMatch')}
          />
        ) : (
          <LogView
            follow={follow}
            label={t('tab.logs')}
            lines={lines}
            onFollowChange={setFollow}
            showSource={sources > 1}
            showTime={time}
            wrap={wrap}
          />
        )}
      </div>
      <footer className="flex h-8 flex-none items-center gap-2 border-line border-t bg-bg px-4 text-12 text-text-3">
        <span>{t('logs.shown', { n: lines.length })}</span>
        {logs.dropped > 0 ? <span>· {t('logs.older', { n: logs.dropped })}</span> : null}
        <span className="ml-auto">{logs.open ? t('logs.following') : t('logs.ended')}</span>
      </footer>
    </div>
  )
}

function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
