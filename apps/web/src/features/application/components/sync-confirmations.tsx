'use client'

import { ConfirmDialog } from '@driftless/ui'
import { useState } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import type { SyncTarget } from '../logic/sync-form.ts'

export interface SyncConfirmationsProps {
  readonly needed: readonly ('prune' | 'replace' | 'force')[]
  readonly targets: readonly SyncTarget[]
  readonly onCancel: () => void
  readonly onConfirmed: () => void
}

/** Asks for each dangerous part of a sync, one after another; any refusal ends it. */
export function SyncConfirmations({ needed, targets, onCancel, onConfirmed }: SyncConfirmationsProps) {
  const t = useTranslate()
  const [step, setStep] = useState(0)
  const current = needed[step]
  if (current === undefined) return null
  const cancel = () => {
    setStep(0)
    onCancel()
  }
  const confirm = () => {
    if (step + 1 < needed.length) return setStep(step + 1)
    setStep(0)
    onConfirmed()
  }
  const pruned = targets.filter((target) => target.requiresPruning)
  return (
    <ConfirmDialog
      cancelLabel={t('action.cancel')}
      confirmLabel={t(`sync.confirm.${current}`)}
      danger
      key={current}
      notes={{ nothing: t('dialog.enterNothing'), confirm: t('dialog.enterContinue') }}
      onClose={cancel}
      onConfirm={confirm}
      open
      title={t(`sync.confirm.${current}.title`)}
      {...(current === 'force' ? {} : { typed: current, typeLabel: t('dialog.type', { name: current }) })}
    >
      <p className="text-text-2">{t(`sync.confirm.${current}.text`, { n: pruned.length })}</p>
      {current === 'prune' ? (
        <ul className="max-h-40 overflow-auto text-del-fg">
          {pruned.map((target) => (
            <li className="truncate" key={target.key}>
              {target.kind} {target.namespace === '' ? '' : `${target.namespace}/`}
              {target.name}
            </li>
          ))}
        </ul>
      ) : null}
    </ConfirmDialog>
  )
}
