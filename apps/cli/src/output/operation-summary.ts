import type { Application } from '@driftless/model'
import { formatField } from './table.ts'
import { formatDuration, formatMoment } from './time.ts'

/** What became of the last operation, or of the one that runs; `''` when there was none. */
export function formatOperation({ status }: Application): string {
  const state = status?.operationState
  if (state === undefined) return ''
  const { sync } = state.operation
  return [
    formatField('Operation', sync === undefined ? '' : 'Sync'),
    formatField('Sync Revision', state.syncResult?.revision ?? state.syncResult?.revisions?.join(',') ?? ''),
    formatField('Phase', state.phase),
    formatField('Start', formatMoment(state.startedAt)),
    formatField('Finished', formatMoment(state.finishedAt)),
    formatField('Duration', formatDuration(state.startedAt, state.finishedAt)),
    ...(state.message ? [formatField('Message', state.message)] : []),
  ].join('')
}
