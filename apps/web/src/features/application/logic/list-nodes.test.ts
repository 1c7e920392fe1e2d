import { expect, it } from 'vitest'
import { listNodes } from './list-nodes.ts'

const nodes = [
  { kind: 'Service', name: 'web' },
  { kind: 'Pod', name: 'web-2', health: { status: 'Healthy' as const } },
  { kind: 'Pod', name: 'web-1', health: { status: 'Degraded' as const } },
  { kind: 'ConfigMap', name: 'env' },
]

it('lists what is not well first, then by kind and name', () => {
  expect(listNodes(nodes, '').map((node) => node.name)).toEqual(['web-1', 'env', 'web-2', 'web'])
})

it('finds by name, kind and health', () => {
  expect(listNodes(nodes, 'WEB-*').map((node) => node.name)).toEqual(['web-1', 'web-2'])
  expect(listNodes(nodes, 'conf').map((node) => node.name)).toEqual(['env'])
  expect(listNodes(nodes, 'degraded').map((node) => node.name)).toEqual(['web-1'])
})
