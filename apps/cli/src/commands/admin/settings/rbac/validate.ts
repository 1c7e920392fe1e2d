import { validateRequest } from '@driftless/rbac'
import { defineCommand } from '../../../command.ts'
import { policyFlag, readPolicyFile } from './policy-file.ts'

/** `driftless admin settings rbac validate`: problems with their lines, exit code 1. */
export const rbacValidate = defineCommand({
  flags: policyFlag,
  async run({ flags, io }) {
    const { parts } = await readPolicyFile(flags['policy-file'], io)
    const problems = parts.flatMap(({ source, text }) =>
      validateRequest({ policy: text }).problems.map(({ line, message }) => `${source}:${line}: ${message}\n`),
    )
    io.out(problems.length === 0 ? 'Policy is valid.\n' : problems.join(''))
    return problems.length === 0 ? 0 : 1
  },
})
