import { randomBytes } from 'node:crypto'
import { build } from '@driftless/kustomize'
import { openSource } from '../../files/open-source.ts'
import { choice, toggle } from '../../flags/flag.ts'
import { defineCommand } from '../command.ts'

/** `driftless kustomize build DIR`. */
export const kustomizeBuild = defineCommand({
  operands: '[DIR]',
  count: [0, 1],
  flags: {
    'load-restrictor': choice('whether files outside of the kustomization may be read', {
      words: ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone'],
      initial: 'LoadRestrictionsRootOnly',
    }),
    reorder: choice('order of the output', { words: ['', 'none', 'legacy'], initial: '' }),
    'enable-helm': toggle('inflates charts'),
  },
  run({ flags, operands: [directory = '.'], io }) {
    const { text } = build({
      ...openSource(directory, io.directory, { bases: true }),
      loadRestrictor: flags['load-restrictor'],
      enableHelm: flags['enable-helm'],
      helm: { clock: { now: () => new Date() }, randomBytes },
      ...(flags.reorder !== '' && { reorder: flags.reorder }),
    })
    io.out(text)
    return 0
  },
})
