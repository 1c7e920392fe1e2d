'use client'

import { sourcesOf } from '@driftless/model'
import { Button, Checkbox, Icon, Input, Panel, Select, Skeleton } from '@driftless/ui'
import { useState } from 'react'
import { useRefusal } from '#lib/api/use-refusal.ts'
import type { MessageKey } from '#lib/i18n/translate.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { repositoryName } from '#lib/links/http-url.ts'
import { useSettings } from '#lib/session/session.ts'
import { useUrlState } from '#lib/url/use-url-state.ts'
import { usePlan } from '../hooks/use-plan.ts'
import type { PageProps } from '../logic/page-props.ts'
import {
  confirmationsOf,
  initialSyncForm,
  optionNames,
  prunePolicies,
  type SyncForm,
  syncTargets,
  toSyncRequest,
} from '../logic/sync-form.ts'
import { PlanList, PlanSummary } from './plan-list.tsx'
import { PlanRefused } from './plan-refused.tsx'
import { SyncConfirmations } from './sync-confirmations.tsx'
import { TargetChoice } from './target-choice.tsx'

const optionLabels: Readonly<Record<(typeof optionNames)[number], MessageKey>> = {
  Validate: 'sync.skipValidation',
  CreateNamespace: 'sync.createNamespace',
  ApplyOutOfSyncOnly: 'sync.outOfSyncOnly',
  RespectIgnoreDifferences: 'sync.respectIgnore',
  ServerSideApply: 'sync.serverSide',
  PruneLast: 'sync.pruneLast',
  Replace: 'sync.replace',
}

/** The plan of a sync beside its options; what is shown is what Synchronize does. */
export function SyncPanel(props: PageProps & { readonly deploy: string }) {
  const { id, application, deploy, change, actions } = props
  const t = useTranslate()
  const { params } = useUrlState()
  const [form, setForm] = useState(() => initialSyncForm(application, deploy, params.get('revision')))
  const [confirming, setConfirming] = useState<ReturnType<typeof confirmationsOf>>([])
  const targets = syncTargets(application)
  const request = toSyncRequest(form, application)
  const plan = usePlan(id, request)
  const refusal = useRefusal(actions.sync.error)
  const source = sourcesOf(application.spec)[0]
  const nothing = form.chosen !== undefined && form.chosen.size === 0
  const close = () => change({ deploy: undefined, revision: undefined })
  const send = () => {
    setConfirming([])
    actions.sync.mutate(request, {
      onSuccess: () => change({ deploy: undefined, revision: undefined, operation: 'true' }),
    })
  }
  const submit = () => {
    const needed = confirmationsOf(form, targets)
    if (needed.length > 0) setConfirming(needed)
    else send()
  }
  return (
    <Panel
      closeLabel={t('action.close')}
      footer={
        <>
          <span className="flex min-w-0 flex-1 items-center gap-2 text-12 text-text-3 max-sm:hidden">
            <Icon name="info" />
            <span
              className={refusal === undefined ? 'truncate' : 'text-degraded-fg'}
              role={refusal === undefined ? undefined : 'alert'}
            >
              {refusal?.message ?? (nothing ? t('sync.nothingChosen') : t('sync.exactly'))}
            </span>
          </span>
          <Button onClick={close}>{t('action.cancel')}</Button>
          <Button
            busy={actions.sync.isPending}
            disabled={nothing}
            disabledReason={t('sync.nothingChosen')}
            icon="sync"
            kind="primary"
            onClick={submit}
          >
            {t('action.synchronize')}
          </Button>
        </>
      }
      onClose={close}
      open
      subtitle={
        <>
          {application.spec.destination.namespace} ·{' '}
          {application.spec.destination.name ?? application.spec.destination.server} ·{' '}
          <code className="font-mono">{repositoryName(source?.repoURL ?? '')}</code>
        </>
      }
      title={t('sync.title', { name: id.name })}
      width={1080}
    >
      <div className="flex h-full min-h-0 max-sm:h-auto max-sm:flex-col">
        <SyncOptions application={application} form={form} setForm={setForm} targets={targets} />
        <div className="min-w-0 flex-1 overflow-y-auto p-4 sm:pr-5" data-testid="sync-plan">
          {plan.refusal !== undefined ? <PlanRefused refusal={plan.refusal} /> : null}
          {plan.data === undefined && plan.refusal === undefined ? (
            <div aria-busy="true" className="grid gap-3">
              <Skeleton height={40} />
              <Skeleton width="60%" />
              <Skeleton width="70%" />
            </div>
          ) : null}
          {plan.data === undefined ? null : (
            <div className={plan.updating ? 'grid gap-4 opacity-60' : 'grid gap-4'}>
              <PlanSummary plan={plan.data} />
              <PlanList plan={plan.data} />
            </div>
          )}
        </div>
      </div>
      <SyncConfirmations needed={confirming} onCancel={() => setConfirming([])} onConfirmed={send} targets={targets} />
    </Panel>
  )
}

interface SyncOptionsProps extends Pick<PageProps, 'application'> {
  readonly form: SyncForm
  readonly setForm: (form: SyncForm) => void
  readonly targets: ReturnType<typeof syncTargets>
}

function SyncOptions({ application, form, setForm, targets }: SyncOptionsProps) {
  const t = useTranslate()
  const settings = useSettings()
  const multi = (application.spec.sources?.length ?? 0) > 1
  const flags = [
    ['prune', 'sync.prune'],
    ['dryRun', 'sync.dryRun'],
    ['applyOnly', 'sync.applyOnly'],
    ['force', 'sync.force'],
  ] as const
  return (
    <div className="grid w-[252px] flex-none content-start gap-3.5 overflow-y-auto border-line border-r bg-bg p-4 pl-5 max-sm:w-full max-sm:border-r-0 max-sm:border-b">
      {multi ? null : (
        <Input
          icon="branch"
          label={t('field.revision')}
          onChange={(event) => setForm({ ...form, revision: event.target.value })}
          value={form.revision}
        />
      )}
      <fieldset className="grid gap-0.5">
        <legend className="mb-0.5 font-medium text-12 text-text-2">{t('sync.flags')}</legend>
        {flags.map(([name, key]) => (
          <Checkbox
            checked={form[name]}
            key={name}
            label={t(key)}
            onChange={(event) => setForm({ ...form, [name]: event.target.checked })}
          />
        ))}
      </fieldset>
      <fieldset className="grid gap-0.5">
        <legend className="mb-0.5 font-medium text-12 text-text-2">{t('sync.options')}</legend>
        {optionNames
          .filter(
            (name) => name !== 'Replace' || settings.data?.syncWithReplaceAllowed === true || form.options.Replace,
          )
          .map((name) => {
            // The option that skips is the inverse of the one that is stored.
            const inverse = name === 'Validate'
            return (
              <Checkbox
                checked={form.options[name] !== inverse}
                key={name}
                label={t(optionLabels[name])}
                onChange={(event) =>
                  setForm({ ...form, options: { ...form.options, [name]: event.target.checked !== inverse } })
                }
              />
            )
          })}
      </fieldset>
      <Select
        label={t('sync.prunePolicy')}
        onChange={(event) =>
          setForm({ ...form, prunePolicy: prunePolicies.find((each) => each === event.target.value) ?? 'foreground' })
        }
        options={prunePolicies.map((value) => ({ value, label: value }))}
        value={form.prunePolicy}
      />
      <TargetChoice chosen={form.chosen} onChange={(chosen) => setForm({ ...form, chosen })} targets={targets} />
    </div>
  )
}
