'use client'

import { Banner, Button, Checkbox, Input, Panel, Select } from '@driftless/ui'
import { useId, useState } from 'react'
import { useProjects } from '#lib/api/inventory.ts'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { useConnect } from '../hooks/use-repository-actions.ts'
import { type ConnectForm, connectField, emptyConnectForm, toRepositoryInput } from '../logic/connect-form.ts'

/** Connects a repository over HTTPS, with or without credentials: tested first, saved only when it answers. */
export function ConnectPanel({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslate()
  const formId = useId()
  const [form, setForm] = useState<ConnectForm>(emptyConnectForm)
  const connect = useConnect(onClose)
  const projects = useProjects()
  const refusal = useRefusal(connect.error)
  const field = refusal === undefined ? undefined : connectField(refusal.message)
  const change = (changes: Partial<ConnectForm>) => {
    if (connect.isError) connect.reset()
    setForm({ ...form, ...changes })
  }
  return (
    <Panel
      closeLabel={t('action.close')}
      footer={
        <>
          <span className="flex-1 text-12 text-text-3">{t('repo.testedFirst')}</span>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button busy={connect.isPending} form={formId} kind="primary" type="submit">
            {t('action.connect')}
          </Button>
        </>
      }
      onClose={onClose}
      open
      title={t('repo.connectTitle')}
    >
      <form
        className="grid gap-4 p-5"
        id={formId}
        onSubmit={(event) => {
          event.preventDefault()
          connect.mutate(toRepositoryInput(form))
        }}
      >
        <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
          <Select
            label={t('repo.type')}
            onChange={(event) =>
              change({ type: event.target.value === 'helm' ? 'helm' : event.target.value === 'oci' ? 'oci' : 'git' })
            }
            options={['git', 'helm', 'oci'].map((value) => ({ value, label: value }))}
            value={form.type}
          />
          <Select
            label={t('field.project')}
            onChange={(event) => change({ project: event.target.value })}
            options={[
              { value: '', label: t('repo.anyProject') },
              ...(projects.data ?? []).map((project) => ({
                value: project.metadata.name,
                label: project.metadata.name,
              })),
            ]}
            value={form.project}
          />
        </div>
        <Input
          error={field === 'url' ? refusal?.message : undefined}
          label={t('field.repoURL')}
          onChange={(event) => change({ url: event.target.value })}
          placeholder="https://git.example.com/team/deploy.git"
          required
          spellCheck={false}
          value={form.url}
        />
        <Input
          hint={t('repo.nameHint')}
          label={t('repo.name')}
          onChange={(event) => change({ name: event.target.value })}
          value={form.name}
        />
        <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
          <Input
            autoComplete="off"
            hint={t('repo.optional')}
            label={t('login.username')}
            onChange={(event) => change({ username: event.target.value })}
            spellCheck={false}
            value={form.username}
          />
          <Input
            autoComplete="new-password"
            error={field === 'password' ? t('repo.refusedByServer') : undefined}
            hint={t('repo.optional')}
            label={t('login.password')}
            onChange={(event) => change({ password: event.target.value })}
            type="password"
            value={form.password}
          />
        </div>
        <div className="flex flex-wrap gap-x-5">
          <Checkbox
            checked={form.insecure}
            label={t('repo.insecure')}
            onChange={(event) => change({ insecure: event.target.checked })}
          />
          <Checkbox
            checked={form.enableLfs}
            label={t('repo.lfs')}
            onChange={(event) => change({ enableLfs: event.target.checked })}
          />
        </div>
        {refusal === undefined ? null : (
          <Banner icon="failed" title={t('repo.testFailed')} tone="degraded">
            <p className="whitespace-pre-wrap break-words font-mono text-[11.5px]">{refusal.message}</p>
            <p className="mt-1.5">{t(`repo.remedy.${field ?? 'url'}`)}</p>
          </Banner>
        )}
      </form>
    </Panel>
  )
}
