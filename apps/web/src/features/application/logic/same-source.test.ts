import { expect, it } from 'vitest'
import { isSameSource } from './same-source.ts'

const source = { repoURL: 'https://git.example.com/a.git', path: 'web', targetRevision: 'main' }
const deployment = (then: typeof source) => ({ id: 0, deployedAt: '2026-01-01T00:00:00Z', source: then })

it('compares sources without their revisions', () => {
  expect(isSameSource({ source }, deployment({ ...source, targetRevision: 'v1' }))).toBe(true)
  expect(isSameSource({ source }, deployment({ ...source, path: 'other' }))).toBe(false)
})

it('does not compare several sources', () => {
  expect(isSameSource({ sources: [source, source] }, deployment(source))).toBe(false)
  expect(isSameSource({ source }, undefined)).toBe(false)
})
