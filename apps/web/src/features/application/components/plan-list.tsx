'use client'

import type { Plan, PlannedTask } from '@driftless/model'
import { Banner, classNames, EmptyState, Icon, type IconName, KindIcon } from '@driftless/ui'
import type { MessageKey } from '#lib/i18n/translate.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { shortKind } from '../logic/node-facts.ts'
import { planCounts, planWaves } from '../logic/plan-view.ts'

const looks: Readonly<Record<PlannedTask['action'], { icon: IconName; color: string; key: MessageKey }>> = {
  create: { icon: 'plus', color: 'text-add-fg', key: 'plan.create' },
  update: { icon: 'diff', color: 'text-text-2', key: 'plan.update' },
  replace: { icon: 'sync', color: 'text-outofsync-fg', key: 'plan.replace' },
  prune: { icon: 'trash', color: 'text-del-fg', key: 'plan.prune' },
  'prune-skipped': { icon: 'trash', color: 'text-text-3', key: 'plan.pruneSkipped' },
  hook: { icon: 'bolt', color: 'text-text-3', key: 'plan.hook' },
  unchanged: { icon: 'check', color: 'text-text-3', key: 'plan.unchanged' },
}

/** How many steps of which kind a plan has. */
export function PlanSummary({ plan }: { readonly plan: Plan }) {
  const t = useTranslate()
  const counts = planCounts(plan)
  const shown = [
    { key: 'create', count: counts.create, color: 'text-add-fg' },
    { key: 'update', count: counts.update, color: '' },
    { key: 'replace', count: counts.replace, color: '' },
    { key: 'prune', count: counts.prune, color: 'text-del-fg' },
    { key: 'hook', count: counts.hook, color: '' },
    { key: 'restarts', count: counts.restarts, color: '' },
    { key: 'unchanged', count: counts.unchanged, color: '' },
  ] as const
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-2" data-testid="plan-summary">
      {shown.map((each) => (
        <div className="flex flex-col-reverse" key={each.key}>
          <dt className="text-12 text-text-3">{t(`plan.${each.key}.count`, { n: each.count })}</dt>
          <dd
            className={classNames(
              'font-semibold text-[18px] leading-6 tracking-[-.01em]',
              each.count > 0 ? each.color : 'text-text-3',
            )}
          >
            {each.count}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A plan wave by wave; prunes in red, named, and last. */
export function PlanList({ plan }: { readonly plan: Plan }) {
  const t = useTranslate()
  const waves = planWaves(plan)
  return (
    <div className="grid gap-3">
      {plan.problems.map((problem) => (
        <Banner icon="shield" key={`${problem.object}-${problem.message}`} title={problem.object} tone="degraded">
          {problem.message}
        </Banner>
      ))}
      {waves.length === 0 ? (
        <EmptyState icon="synced" title={t('plan.nothing')}>
          {t('plan.nothingHint')}
        </EmptyState>
      ) : null}
      <ol className="relative">
        {waves.map((wave) => (
          <li
            className="relative pb-2 before:absolute before:top-4 before:bottom-0 before:left-[3.5px] before:w-px before:bg-line-strong last:before:hidden"
            key={wave.key}
          >
            <h3 className="flex items-center gap-2 text-12">
              <span className="z-10 size-2 flex-none rounded-full border-2 border-text-3 bg-surface" />
              <b className="font-semibold">
                {wave.phase === 'Prune'
                  ? t('plan.prune')
                  : wave.phase === 'Sync'
                    ? t('plan.wave', { wave: String(wave.wave) })
                    : wave.phase}
              </b>
              <span className="text-text-3">
                {wave.phase === 'Prune'
                  ? t('plan.last')
                  : wave.phase === 'Sync'
                    ? ''
                    : wave.wave === 0
                      ? ''
                      : t('plan.wave', { wave: String(wave.wave) })}
              </span>
            </h3>
            <ul className="ml-5">
              {wave.tasks.map((task) => (
                <PlanTask key={`${task.group}/${task.kind}/${task.namespace}/${task.name}`} task={task} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </div>
  )
}

function PlanTask({ task }: { readonly task: PlannedTask }) {
  const t = useTranslate()
  const look = looks[task.action]
  return (
    <li className="grid min-h-8 grid-cols-[84px_16px_84px_minmax(0,1fr)_auto] items-center gap-1.5 border-line border-b">
      <span className={classNames('flex items-center gap-1.5 font-medium text-12', look.color)}>
        <Icon name={look.icon} size={14} />
        {t(look.key)}
      </span>
      <KindIcon className="text-text-3" kind={task.kind} />
      <span className="truncate text-12 text-text-3" title={task.kind}>
        {shortKind(task.kind)}
      </span>
      <span
        className={classNames('min-w-0 truncate', task.action === 'prune' && 'text-del-fg')}
        title={`${task.namespace}/${task.name}`}
      >
        <b className="font-medium">{task.name}</b>{' '}
        <span className="text-12 text-text-3">{task.message ?? task.hookType ?? ''}</span>
      </span>
      <span className="text-12 text-text-3">{task.restartsPods === true ? t('plan.restartsPods') : ''}</span>
    </li>
  )
}
