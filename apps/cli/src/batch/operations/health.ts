import { assess } from '@driftless/health'
import { type Operations, unsupported } from '../operation.ts'

export const healthOperations: Operations = {
  health(fields) {
    if (fields.has('lua')) throw unsupported('health by Lua')
    return assess(fields.object('object')) ?? null
  },
}
