import { createEnforcer } from './enforcer.ts'
import { checkWords, isProjectScoped, resolveResource } from './vocabulary.ts'

/** What `driftless admin settings rbac can SUBJECT ACTION RESOURCE [OBJECT]` asks. */
export interface CanRequest {
  readonly subject: string
  readonly action: string
  /** A resource or an alias such as `app`, `cert`, `repo`. */
  readonly resource: string
  /** Absent, empty and `*` mean all. */
  readonly object?: string
  /** CSV; the built-in roles when absent, nothing when empty. */
  readonly builtIn?: string
  readonly user?: string
  readonly defaultRole?: string
  readonly matchMode?: string
  /** Whether unknown resources and actions are errors. */
  readonly strict?: boolean
}

/** Answers it. Throws `RBAC_INVALID_POLICY`, and in strict mode `RBAC_UNKNOWN_RESOURCE` and `RBAC_UNKNOWN_ACTION`. */
export function can(request: CanRequest): boolean {
  const { subject, action, object = '', builtIn, user, defaultRole, matchMode } = request
  const enforcer = createEnforcer({
    ...(builtIn === undefined ? {} : { builtIn }),
    ...(user === undefined ? {} : { user }),
    ...(defaultRole === undefined ? {} : { defaultRole }),
    ...(matchMode === undefined ? {} : { matchMode }),
  })
  const resource = resolveResource(request.resource)
  if (request.strict) checkWords(resource, action)
  const isAll = object === '' || object === '*'
  const all = isProjectScoped(resource) ? '*/*' : object
  return enforcer.enforce(subject, { resource, action, object: isAll ? all : object })
}
