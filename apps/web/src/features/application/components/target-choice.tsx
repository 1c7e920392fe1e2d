'use client'

import { Button, CheckMark, StatusIcon } from '@driftless/ui'
import { useState } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { presentSync } from '#lib/status/tones.ts'
import type { SyncTarget } from '../logic/sync-form.ts'

export interface TargetChoiceProps {
  readonly targets: readonly SyncTarget[]
  readonly chosen: ReadonlySet<string> | undefined
  readonly onChange: (chosen: ReadonlySet<string> | undefined) => void
}

/** Which resources a sync touches: all, those out of sync, none, or one by one. */
export function TargetChoice({ targets, chosen, onChange }: TargetChoiceProps) {
  const t = useTranslate()
  const [open, setOpen] = useState(chosen !== undefined)
  const isChosen = (key: string) => chosen?.has(key) ?? true
  const count = targets.filter((target) => isChosen(target.key)).length
  const toggle = (key: string) => {
    const next = new Set(targets.filter((target) => isChosen(target.key)).map((target) => target.key))
    if (!next.delete(key)) next.add(key)
    onChange(next.size === targets.length ? undefined : next)
  }
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-0.5 font-medium text-12 text-text-2">{t('sync.resources')}</legend>
      <p className="flex items-center gap-2 text-text-2">
        {t('sync.chosen', { count, all: targets.length })}
        <button
          className="cursor-pointer text-accent-text hover:underline"
          onClick={() => setOpen(!open)}
          type="button"
        >
          {t(open ? 'sync.hideChoice' : 'sync.choose')}
        </button>
      </p>
      {open ? (
        <>
          <div className="-ml-2 flex">
            <Button kind="ghost" onClick={() => onChange(undefined)} size="sm">
              {t('sync.all')}
            </Button>
            <Button
              kind="ghost"
              onClick={() =>
                onChange(new Set(targets.filter((target) => target.sync !== 'Synced').map((target) => target.key)))
              }
              size="sm"
            >
              {t('sync.outOfSync')}
            </Button>
            <Button kind="ghost" onClick={() => onChange(new Set())} size="sm">
              {t('sync.none')}
            </Button>
          </div>
          {targets.map((target) => (
            <label
              className="flex min-h-[26px] min-w-0 items-center gap-2"
              htmlFor={`target-${target.key}`}
              key={target.key}
            >
              <CheckMark
                checked={isChosen(target.key)}
                id={`target-${target.key}`}
                onChange={() => toggle(target.key)}
              />
              <StatusIcon icon={presentSync(target.sync).icon} size={14} tone={presentSync(target.sync).tone} />
              <span className="truncate text-12" title={target.key}>
                {target.kind} {target.name}
              </span>
            </label>
          ))}
          {count > 0 && count < targets.length ? (
            <p className="text-12 text-outofsync-fg">{t('sync.partial')}</p>
          ) : null}
        </>
      ) : null}
    </fieldset>
  )
}
