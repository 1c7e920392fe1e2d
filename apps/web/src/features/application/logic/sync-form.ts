import type { SyncRequest } from '@driftless/contract'
import { formatKey } from '@driftless/kube-objects'
import { type Application, type RetryStrategy, type SyncResource, sourcesOf } from '@driftless/model'

/** Options that are on or off in the sync panel, in their order there, and how each is written in `syncOptions`. */
export const optionNames = [
  'Validate',
  'CreateNamespace',
  'ApplyOutOfSyncOnly',
  'RespectIgnoreDifferences',
  'ServerSideApply',
  'PruneLast',
  'Replace',
] as const
export type OptionName = (typeof optionNames)[number]

export const prunePolicies = ['foreground', 'background', 'orphan'] as const

/** What the sync panel holds. */
export interface SyncForm {
  readonly revision: string
  readonly prune: boolean
  readonly dryRun: boolean
  readonly applyOnly: boolean
  readonly force: boolean
  readonly options: Readonly<Record<OptionName, boolean>>
  readonly prunePolicy: (typeof prunePolicies)[number]
  /** Options of the application that the panel has no control for; they are kept. */
  readonly otherOptions: readonly string[]
  readonly retry: RetryStrategy | undefined
  /** Keys of the chosen resources; `undefined` means all. */
  readonly chosen: ReadonlySet<string> | undefined
}

/** One resource that a sync may touch. */
export interface SyncTarget extends SyncResource {
  readonly key: string
  readonly sync: string | undefined
  readonly requiresPruning: boolean
}

/** The resources of an application that can be chosen: all but hooks. */
export function syncTargets(application: Application): SyncTarget[] {
  return (application.status?.resources ?? [])
    .filter((resource) => resource.hook !== true)
    .map((resource) => {
      const { group = '', kind, name, namespace = '' } = resource
      return {
        group,
        kind,
        name,
        namespace,
        key: formatKey({ group, kind, namespace, name }),
        sync: resource.status,
        requiresPruning: resource.requiresPruning === true,
      }
    })
}

/** The panel as it opens: the application's own options; `deploy` is `all` or the `node` of one resource. */
export function initialSyncForm(application: Application, deploy: string, revision: string | null): SyncForm {
  const policy = application.spec.syncPolicy
  const given = policy?.syncOptions ?? []
  const options = Object.fromEntries(optionNames.map((name) => [name, optionOf(given, name)])) as Record<
    OptionName,
    boolean
  >
  const known = new Set<string>([...optionNames, 'PrunePropagationPolicy'])
  const propagation = given.find((option) => option.startsWith('PrunePropagationPolicy='))?.split('=')[1]
  const one = deploy === 'all' || deploy === '' ? undefined : deploy.replace(/\/\d+$/, '')
  return {
    revision: revision ?? (sourcesOf(application.spec)[0]?.targetRevision || 'HEAD'),
    prune: false,
    dryRun: false,
    applyOnly: false,
    force: false,
    options,
    prunePolicy: prunePolicies.find((each) => each === propagation) ?? 'foreground',
    otherOptions: given.filter((option) => !known.has(option.split('=')[0] ?? '')),
    retry: policy?.retry ?? undefined,
    chosen: one === undefined ? undefined : new Set([one]),
  }
}

/** The request that the form stands for; a list of resources is sent only when not all are chosen. */
export function toSyncRequest(form: SyncForm, application: Application): SyncRequest {
  const targets = syncTargets(application)
  const chosen = form.chosen
  const partial = chosen !== undefined && targets.some((target) => !chosen.has(target.key))
  const multi = (application.spec.sources?.length ?? 0) > 1
  return {
    ...(multi ? {} : { revision: form.revision }),
    prune: form.prune,
    dryRun: form.dryRun,
    strategy: form.applyOnly ? { apply: { force: form.force } } : { hook: { force: form.force } },
    syncOptions: { items: writeOptions(form) },
    ...(form.retry === undefined ? {} : { retryStrategy: form.retry }),
    ...(partial
      ? {
          resources: targets
            .filter((target) => chosen.has(target.key))
            .map(({ group, kind, name, namespace }) => ({ group, kind, name, namespace })),
        }
      : {}),
  }
}

/** What must be confirmed before a form is sent, in order. */
export function confirmationsOf(form: SyncForm, targets: readonly SyncTarget[]): ('prune' | 'replace' | 'force')[] {
  const chosen = targets.filter((target) => form.chosen?.has(target.key) ?? true)
  const needed: ('prune' | 'replace' | 'force')[] = []
  if (form.prune && !form.dryRun && chosen.some((target) => target.requiresPruning)) needed.push('prune')
  if (form.options.Replace && !form.dryRun) needed.push('replace')
  if (form.force && !form.dryRun) needed.push('force')
  return needed
}

function optionOf(given: readonly string[], name: OptionName): boolean {
  const last = given.findLast((option) => option.startsWith(`${name}=`))?.split('=')[1]
  return last === undefined ? name === 'Validate' : last === 'true'
}

function writeOptions(form: SyncForm): string[] {
  const written = optionNames.flatMap((name) => {
    if (name === 'Validate') return form.options.Validate ? [] : ['Validate=false']
    return form.options[name] ? [`${name}=true`] : []
  })
  return [...form.otherOptions, ...written, `PrunePropagationPolicy=${form.prunePolicy}`]
}
