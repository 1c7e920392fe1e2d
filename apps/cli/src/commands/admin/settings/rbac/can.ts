import { can } from '@driftless/rbac'
import { text, toggle } from '../../../../flags/flag.ts'
import { defineCommand } from '../../../command.ts'
import { policyFlag, readPolicyFile } from './policy-file.ts'

/** `driftless admin settings rbac can SUBJECT ACTION RESOURCE [SUB-RESOURCE]`: `Yes` with exit code 0, `No` with 1. */
export const rbacCan = defineCommand({
  operands: 'SUBJECT ACTION RESOURCE [SUB-RESOURCE]',
  count: [3, 4],
  flags: {
    ...policyFlag,
    'default-role': text('role of everybody', { placeholder: 'ROLE' }),
    'use-builtin-policy': toggle('with the built-in roles', { initial: true }),
    strict: toggle('refuses unknown actions and resources', { initial: true }),
    quiet: toggle('prints nothing', { short: 'q' }),
  },
  async run({ flags, operands: [subject = '', action = '', resource = '', object = ''], io }) {
    const { parts, defaultRole, matchMode } = await readPolicyFile(flags['policy-file'], io)
    const allowed = can({
      subject,
      action,
      resource,
      object,
      ...(!flags['use-builtin-policy'] && { builtIn: '' }),
      user: parts.map(({ text: part }) => part).join('\n'),
      defaultRole: flags['default-role'] || defaultRole,
      matchMode,
      strict: flags.strict,
    })
    if (!flags.quiet) io.out(allowed ? 'Yes\n' : 'No\n')
    return allowed ? 0 : 1
  },
})
