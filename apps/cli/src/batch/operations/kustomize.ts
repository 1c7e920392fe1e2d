import { randomBytes } from 'node:crypto'
import { build } from '@driftless/kustomize'
import { openSource } from '../../files/open-source.ts'
import type { Operations } from '../operation.ts'

export const kustomizeOperations: Operations = {
  'kustomize.build'(fields, { directory }) {
    const reorder = fields.word('reorder', ['none', 'legacy'])
    const loadRestrictor = fields.word('loadRestrictor', ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone'])
    return build({
      ...openSource(fields.text('dir'), directory, { bases: true }),
      ...(reorder && { reorder }),
      ...(loadRestrictor && { loadRestrictor }),
      enableHelm: fields.flag('enableHelm') ?? false,
      helm: { clock: { now: () => new Date() }, randomBytes },
    }).text
  },
}
