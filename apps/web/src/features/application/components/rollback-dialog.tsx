'use client'

import { isAutomated } from '@driftless/model'
import { Banner, Button, Dialog } from '@driftless/ui'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { shortRevision } from '#lib/links/revision.ts'
import { useRevision } from '../hooks/use-application.ts'
import { usePlan } from '../hooks/use-plan.ts'
import type { HistoryEntry } from '../logic/history-entries.ts'
import type { PageProps } from '../logic/page-props.ts'
import { isSameSource } from '../logic/same-source.ts'
import { PlanList, PlanSummary } from './plan-list.tsx'

/** Asks before a recorded deployment runs again: its commit, its plan, and what becomes of automatic sync. */
export function RollbackDialog({
  id,
  application,
  actions,
  change,
  entry,
  onClose,
}: PageProps & { readonly entry: HistoryEntry; readonly onClose: () => void }) {
  const t = useTranslate()
  const revision = entry.revisions[0]
  const commit = useRevision(id, revision)
  const automated = isAutomated(application.spec)
  // A plan is made from the present sources, so it is shown only when the deployment had the same ones.
  const comparable = isSameSource(application.spec, entry.source)
  const plan = usePlan(id, { revision, prune: false }, comparable && revision !== undefined)
  const refusal = useRefusal(actions.rollback.error)
  const label = t(entry.current ? 'history.redeploy' : 'action.rollback')
  const submit = () => {
    if (entry.deployment === undefined) return
    actions.rollback.mutate(
      { deployment: entry.deployment, disableAutoSync: automated ? application : undefined },
      {
        onSuccess: () => {
          onClose()
          change({ operation: 'true' })
        },
      },
    )
  }
  return (
    <Dialog
      enterNote={t('rollback.enter', { number: entry.deployment ?? 0 })}
      footer={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button busy={actions.rollback.isPending} icon="rollback" kind="primary" type="submit">
            {label}
          </Button>
        </>
      }
      onClose={onClose}
      onSubmit={submit}
      open
      title={t('rollback.title', { name: id.name, number: entry.deployment ?? 0 })}
      width={640}
    >
      <p className="text-text-2">
        <code className="font-mono text-12">{shortRevision(revision)}</code> {commit.data?.message?.split('\n', 1)[0]}
      </p>
      {automated ? (
        <Banner icon="warn" title={t('rollback.autoTitle')} tone="outofsync">
          {t('rollback.autoText')}
        </Banner>
      ) : null}
      <p className="text-text-2">{t('rollback.text')}</p>
      {plan.data === undefined ? null : (
        <div className="grid max-h-[32vh] gap-3 overflow-auto rounded-3 border border-line p-3">
          <PlanSummary plan={plan.data} />
          <PlanList plan={plan.data} />
        </div>
      )}
      {refusal === undefined ? null : (
        <p className="break-words text-12 text-degraded-fg" role="alert">
          {refusal.message}
        </p>
      )}
    </Dialog>
  )
}
