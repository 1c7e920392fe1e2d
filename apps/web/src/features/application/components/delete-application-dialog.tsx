'use client'

import { ConfirmDialog, Radio } from '@driftless/ui'
import { useState } from 'react'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import type { Propagation } from '../hooks/use-application-actions.ts'
import type { PageProps } from '../logic/page-props.ts'

const choices: readonly Propagation[] = ['foreground', 'background', 'orphan']

/** Deletes the application after its name was typed, with or without its resources. */
export function DeleteApplicationDialog({ id, application, actions, change }: PageProps) {
  const t = useTranslate()
  const [propagation, setPropagation] = useState<Propagation>('foreground')
  const refusal = useRefusal(actions.remove.error)
  const objects = application.status?.resources?.length ?? 0
  const { destination } = application.spec
  return (
    <ConfirmDialog
      busy={actions.remove.isPending}
      cancelLabel={t('action.cancel')}
      confirmLabel={t('action.delete')}
      danger
      error={refusal?.message}
      notes={{ nothing: t('dialog.enterNothing'), confirm: t('dialog.enterDelete') }}
      onClose={() => change({ delete: undefined })}
      onConfirm={() => actions.remove.mutate(propagation)}
      open
      title={t('delete.title')}
      typed={id.name}
      typeLabel={t('dialog.type', { name: id.name })}
    >
      <p className="text-text-2">
        {propagation === 'orphan'
          ? t('delete.orphanText', { name: id.name })
          : t('delete.text', { name: id.name, n: objects, cluster: destination.name ?? destination.server ?? '' })}
      </p>
      <div className="flex flex-wrap gap-x-5">
        {choices.map((choice) => (
          <Radio
            checked={propagation === choice}
            key={choice}
            label={t(choice === 'orphan' ? 'delete.nonCascading' : `delete.${choice}`)}
            name="propagation"
            onChange={() => setPropagation(choice)}
          />
        ))}
      </div>
    </ConfirmDialog>
  )
}
