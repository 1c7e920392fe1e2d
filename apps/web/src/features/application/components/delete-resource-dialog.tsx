'use client'

import type { ObjectKey } from '@driftless/kube-objects'
import { ConfirmDialog, Radio, useToast } from '@driftless/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#lib/api/client.ts'
import { type AppId, keys } from '#lib/api/keys.ts'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'

export interface DeleteResourceDialogProps {
  readonly id: AppId
  readonly node: ObjectKey
  readonly version: string
  readonly project: string
  readonly managed: boolean
  readonly open: boolean
  readonly onClose: () => void
  readonly onDone: () => void
}

const modes = ['foreground', 'force', 'orphan'] as const

/** Deletes one live object; one that git owns needs its name typed. */
export function DeleteResourceDialog({
  id,
  node,
  version,
  project,
  managed,
  open,
  onClose,
  onDone,
}: DeleteResourceDialogProps) {
  const t = useTranslate()
  const toast = useToast()
  const client = useQueryClient()
  const [mode, setMode] = useState<(typeof modes)[number]>('foreground')
  const remove = useMutation({
    mutationFn: () =>
      api.call('deleteResource', {
        params: { name: id.name },
        query: {
          appNamespace: id.namespace,
          project,
          namespace: node.namespace,
          resourceName: node.name,
          version,
          group: node.group,
          kind: node.kind,
          ...(mode === 'force' ? { force: 'true' as const } : {}),
          ...(mode === 'orphan' ? { orphan: 'true' as const } : {}),
        },
      }),
    onSuccess: () => {
      toast({ tone: 'accent', title: t('delete.started', { name: node.name }) })
      void client.invalidateQueries({ queryKey: keys.tree(id) })
      onClose()
      onDone()
    },
  })
  const refusal = useRefusal(remove.error)
  return (
    <ConfirmDialog
      busy={remove.isPending}
      cancelLabel={t('action.cancel')}
      confirmLabel={t('action.delete')}
      danger
      error={refusal?.message}
      notes={{ nothing: t('dialog.enterNothing'), confirm: t('dialog.enterDelete') }}
      onClose={onClose}
      onConfirm={() => remove.mutate()}
      open={open}
      title={t('delete.resourceTitle', { kind: node.kind })}
      {...(managed ? { typed: node.name, typeLabel: t('dialog.type', { name: node.name }) } : {})}
    >
      <p className="text-text-2">{t(managed ? 'delete.managedText' : 'delete.resourceText', { name: node.name })}</p>
      <div className="flex flex-wrap gap-x-5">
        {modes.map((each) => (
          <Radio
            checked={mode === each}
            key={each}
            label={t(`delete.${each}`)}
            name="delete-mode"
            onChange={() => setMode(each)}
          />
        ))}
      </div>
    </ConfirmDialog>
  )
}
