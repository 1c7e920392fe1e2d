import type { Change } from '@driftless/model'
import { expect, it } from 'vitest'
import { touchedKeys } from './touched.ts'

const change = (kind: Change['kind'], name: string): Change => ({
  version: 1,
  type: 'MODIFIED',
  kind,
  namespace: 'argocd',
  name,
})

it('an application that changed makes lists and its own page old', () => {
  expect(touchedKeys([change('Application', 'web')])).toEqual([
    ['applications'],
    ['application', 'argocd', 'web'],
    ['managed', 'argocd', 'web'],
    ['operations', 'argocd', 'web'],
  ])
})

it('many changes of one thing touch it once', () => {
  const batch = [change('ResourceTree', 'web'), change('ResourceTree', 'web'), change('ResourceTree', 'api')]
  expect(touchedKeys(batch).filter((key) => key[0] === 'tree')).toEqual([
    ['tree', 'argocd', 'web'],
    ['tree', 'argocd', 'api'],
  ])
})

it('a cluster that changed touches no application', () => {
  expect(touchedKeys([change('Cluster', 'in-cluster')])).toEqual([['clusters']])
})
