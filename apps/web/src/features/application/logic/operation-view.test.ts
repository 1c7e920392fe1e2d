import { expect, it } from 'vitest'
import { doneShare, operationKind, outcomeOf, resultTone } from './operation-view.ts'

it('says of an object whether it was applied, of a hook how it ended', () => {
  expect(outcomeOf({ status: 'Synced', hookPhase: 'Running' })).toBe('Synced')
  expect(outcomeOf({ hookType: 'PreSync', status: 'Synced', hookPhase: 'Failed' })).toBe('Failed')
  expect(outcomeOf({})).toBeUndefined()
})

it('colours failures red, skipped prunes amber, and what is under way blue', () => {
  expect(resultTone({ status: 'SyncFailed' })).toBe('degraded')
  expect(resultTone({ status: 'PruneSkipped' })).toBe('outofsync')
  expect(resultTone({ hookType: 'Sync', hookPhase: 'Running' })).toBe('progressing')
  expect(resultTone({ status: 'Pruned', hookPhase: 'Succeeded' })).toBe('synced')
})

it('measures progress by what is done', () => {
  expect(doneShare([])).toBe(0)
  expect(doneShare([{ status: 'Synced' }, { hookType: 'PostSync', hookPhase: 'Running' }])).toBe(0.5)
})

it('knows a rollback by the recorded sources it deploys', () => {
  const source = { repoURL: 'https://git.example.com/a.git' }
  expect(operationKind({ operation: { sync: { source } } })).toBe('rollback')
  expect(operationKind({ operation: { sync: { revision: 'main' } } })).toBe('sync')
})
