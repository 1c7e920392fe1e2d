import type { AccessRequest, Decision } from './decision.ts'
import type { Caller, Enforcer } from './enforcer.ts'
import { resources } from './vocabulary.ts'

/** An object to compare access to; `actions` are those of the resource when absent. */
export interface ComparedObject {
  readonly resource: string
  readonly object: string
  readonly actions?: readonly string[]
}

/** A permission that one policy gives and the other does not. */
export interface AccessChange extends AccessRequest {
  readonly subject: string
  readonly change: 'gained' | 'lost'
  readonly before: Decision
  readonly after: Decision
}

/** Who gains and who loses what when a policy replaces another, in the order of subjects, objects and actions. */
export function difference(
  before: Enforcer,
  after: Enforcer,
  scope: { readonly subjects: readonly Caller[]; readonly objects: readonly ComparedObject[] },
): AccessChange[] {
  const changes: AccessChange[] = []
  for (const caller of scope.subjects) {
    const [old, fresh] = [before.identify(caller), after.identify(caller)]
    for (const request of scope.objects.flatMap(requestsOf)) {
      const allowed = after.enforce(fresh, request)
      if (before.enforce(old, request) === allowed) continue
      changes.push({
        ...request,
        subject: fresh.subject,
        change: allowed ? 'gained' : 'lost',
        before: before.explain(old, request),
        after: after.explain(fresh, request),
      })
    }
  }
  return changes
}

function requestsOf({ resource, object, actions }: ComparedObject): AccessRequest[] {
  const words = Object.hasOwn(resources, resource) ? resources[resource] : undefined
  const known = words?.actions.filter((action) => action !== 'action') ?? []
  const paths = (words?.withPath ?? []).map((action) => `${action}/*`)
  return (actions ?? [...known, ...paths]).map((action) => ({ resource, action, object }))
}
