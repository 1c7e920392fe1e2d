import type { Application } from '@driftless/model'
import { expect, it } from 'vitest'
import { confirmationsOf, initialSyncForm, syncTargets, toSyncRequest } from './sync-form.ts'

const application: Application = {
  metadata: { name: 'web', namespace: 'argocd' },
  spec: {
    project: 'default',
    source: { repoURL: 'https://git.example.com/a.git', targetRevision: 'main' },
    destination: { name: 'in-cluster', namespace: 'shop' },
    syncPolicy: { syncOptions: ['CreateNamespace=true', 'Validate=false', 'FailOnSharedResource=true'] },
  },
  status: {
    resources: [
      { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web', status: 'OutOfSync' },
      { kind: 'ConfigMap', namespace: 'shop', name: 'old', status: 'OutOfSync', requiresPruning: true },
      { group: 'batch', kind: 'Job', namespace: 'shop', name: 'migrate', hook: true },
    ],
  },
}

it('opens with the application’s own options and keeps those it has no control for', () => {
  const form = initialSyncForm(application, 'all', null)
  expect(form).toMatchObject({ revision: 'main', chosen: undefined, otherOptions: ['FailOnSharedResource=true'] })
  expect(form.options).toMatchObject({ CreateNamespace: true, Validate: false, ServerSideApply: false })
  expect(toSyncRequest(form, application).syncOptions?.items).toEqual([
    'FailOnSharedResource=true',
    'Validate=false',
    'CreateNamespace=true',
    'PrunePropagationPolicy=foreground',
  ])
})

it('does not offer hooks for choosing', () => {
  expect(syncTargets(application).map((target) => target.name)).toEqual(['web', 'old'])
})

it('names resources only when not all are chosen', () => {
  const form = initialSyncForm(application, 'all', null)
  expect(toSyncRequest(form, application).resources).toBeUndefined()
  const all = { ...form, chosen: new Set(syncTargets(application).map((target) => target.key)) }
  expect(toSyncRequest(all, application).resources).toBeUndefined()
})

it('opened from one object, syncs that object', () => {
  const form = initialSyncForm(application, 'apps/Deployment/shop/web/0', 'v2')
  expect(toSyncRequest(form, application)).toMatchObject({
    revision: 'v2',
    resources: [{ group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' }],
  })
})

it('asks before pruning, replacing and forcing, in that order; a dry run asks nothing', () => {
  const form = initialSyncForm(application, 'all', null)
  const all = { ...form, prune: true, force: true, options: { ...form.options, Replace: true } }
  expect(confirmationsOf(all, syncTargets(application))).toEqual(['prune', 'replace', 'force'])
  expect(confirmationsOf({ ...all, dryRun: true }, syncTargets(application))).toEqual([])
  const kept = { ...all, chosen: new Set(['apps/Deployment/shop/web']), force: false }
  expect(confirmationsOf(kept, syncTargets(application))).toEqual(['replace'])
})
