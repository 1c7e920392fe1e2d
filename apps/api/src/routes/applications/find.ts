import {
  ApplicationErrors,
  type ApplicationRecord,
  type ApplicationRef,
  type ApplicationStore,
} from '@driftless/applications'
import { defineErrors } from '@driftless/foundation'
import { AuthErrors } from '../../auth/errors.ts'
import type { RequestContext } from '../handler.ts'

export const NamespaceErrors = defineErrors('NAMESPACE', {
  NOT_PERMITTED: { status: 403, message: (p: { namespace: string }) => `namespace '${p.namespace}' is not permitted` },
})

/** Which of several applications of one name is meant. */
export interface Scope {
  readonly appNamespace?: string | undefined
  readonly project?: string | undefined
}

/** Finds applications for a caller without telling whether one exists that the caller may not see (spec: api §1). */
export interface Finder {
  find(context: RequestContext, name: string, scope: Scope): Promise<ApplicationRecord>
  /** The name and namespace that a request means. Throws `NAMESPACE_NOT_PERMITTED`. */
  refOf(name: string, appNamespace: string | undefined): ApplicationRef
  /** Object of the policy: `<project>/<name>`, with the namespace between when it is another one than ours. */
  objectOf(project: string, ref: ApplicationRef): string
}

/** Creates the finder; applications live in the control plane's namespace. */
export function createFinder(store: Pick<ApplicationStore, 'get'>, controlPlaneNamespace: string): Finder {
  const refOf = (name: string, appNamespace: string | undefined): ApplicationRef => {
    const namespace = appNamespace === undefined || appNamespace === '' ? controlPlaneNamespace : appNamespace
    if (namespace !== controlPlaneNamespace) throw NamespaceErrors.NOT_PERMITTED({ namespace })
    return { namespace, name }
  }
  const objectOf = (project: string, ref: ApplicationRef): string =>
    ref.namespace === controlPlaneNamespace ? `${project}/${ref.name}` : `${project}/${ref.namespace}/${ref.name}`
  return {
    refOf,
    objectOf,
    async find(context, name, scope) {
      const ref = refOf(name, scope.appNamespace)
      const { project } = scope
      const given = project !== undefined && project !== ''
      if (given && !context.can(objectOf(project, ref))) throw AuthErrors.PERMISSION_DENIED({})
      const record = await store.get(ref)
      if (given) {
        if (record === undefined || record.spec.project !== project) throw ApplicationErrors.NOT_FOUND({ name })
        return record
      }
      if (record === undefined || !context.can(objectOf(record.spec.project, ref)))
        throw AuthErrors.PERMISSION_DENIED({})
      return record
    },
  }
}
