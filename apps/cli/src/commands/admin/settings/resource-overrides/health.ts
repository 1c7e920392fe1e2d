import { assess } from '@driftless/health'
import { parseManifests } from '@driftless/kube-objects'
import { CliErrors } from '../../../../errors.ts'
import { readTextFrom } from '../../../../files/read-text.ts'
import { defineCommand } from '../../../command.ts'

/** `driftless admin settings resource-overrides health OBJECT.yaml`. */
export const resourceOverridesHealth = defineCommand({
  operands: 'OBJECT.yaml',
  count: [1, 1],
  flags: {},
  async run({ operands: [path = ''], io }) {
    const [object] = parseManifests(await readTextFrom(path, io), { file: path })
    if (object === undefined) throw CliErrors.FATAL({ message: `${path} holds no object` })
    const health = assess(object)
    if (health === undefined) {
      io.out(`Health script is not configured for '${object.apiVersion}/${object.kind}'\n`)
      return 0
    }
    io.out(`STATUS: ${health.status}\nMESSAGE: ${health.message}\n`)
    return 0
  },
})
