import { canRequest, enforceRequest, mergeRequest, validateRequest } from '@driftless/rbac'
import type { Operations } from '../operation.ts'

export const rbacOperations: Operations = {
  'rbac.enforce': ({ record }) => enforceRequest(record),
  'rbac.can': ({ record }) => canRequest(record),
  'rbac.validate': ({ record }) => validateRequest(record),
  'rbac.merge': ({ record }) => mergeRequest(record),
}
