import { expect, it } from 'vitest'
import { applicationNodeParam, nodeParam, parsePageState } from './page-url.ts'

const id = { namespace: 'argocd', name: 'web' }
const parse = (query: string) => parsePageState(new URLSearchParams(query), id)

it('opens the panel of a node, on its tab', () => {
  const key = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' }
  const state = parsePageState(new URLSearchParams({ node: nodeParam(key), tab: 'events' }), id)
  expect(state).toMatchObject({ node: key, tab: 'events', diff: false })
})

it('understands core kinds and cluster-scoped objects', () => {
  expect(parse('node=/Namespace//shop/0').node).toEqual({ group: '', kind: 'Namespace', namespace: '', name: 'shop' })
})

it('shows the differences of all objects when no node is open', () => {
  expect(parse('tab=diff')).toMatchObject({ diff: true, node: undefined })
})

it('shows the details panel for the application’s own node', () => {
  expect(parsePageState(new URLSearchParams({ node: applicationNodeParam(id) }), id)).toMatchObject({
    details: true,
    node: undefined,
  })
})

it('ignores a node that names nothing', () => {
  expect(parse('node=apps').node).toBeUndefined()
})
