import { AuthErrors } from '../../auth/errors.ts'
import { presentEvents } from '../../presenters/kube-event.ts'
import type { HandlersOf } from '../handler.ts'
import type { ApplicationParts } from './parts.ts'

type ResourceRoutes = 'getManagedResources' | 'getResourceTree' | 'getResource' | 'deleteResource' | 'listEvents'

/** Routes about the objects of an application. */
export function resourceHandlers(parts: ApplicationParts): HandlersOf<ResourceRoutes> {
  const { applications, finder } = parts
  return {
    async getManagedResources({ params, query }, context) {
      const record = await finder.find(context, params.name, query)
      const { group, kind, namespace, name = query.resourceName } = query
      const items = await applications.managedResources(record, {
        ...(group === undefined ? {} : { group }),
        ...(kind === undefined ? {} : { kind }),
        ...(namespace === undefined ? {} : { namespace }),
        ...(name === undefined ? {} : { name }),
      })
      return { items: [...items] }
    },
    async getResourceTree({ params, query }, context) {
      return applications.tree(await finder.find(context, params.name, query))
    },
    async getResource({ params, query }, context) {
      const record = await finder.find(context, params.name, query)
      return { manifest: JSON.stringify(await applications.resource(record, nameOf(query))) }
    },
    async deleteResource({ params, query }, context) {
      const resource = nameOf(query)
      // Deleting one object is a permission of its own, with the object in the action (spec: rbac-auth §2).
      const record = await finder.find({ ...context, can: (object) => mayDelete(object) }, params.name, query)
      function mayDelete(object: string): boolean {
        const action = `delete/${resource.group}/${resource.kind}/${resource.namespace ?? ''}/${resource.name}`
        return context.canOther('applications', action, object)
      }
      if (!context.canOther('applications', 'get', finder.objectOf(record.spec.project, record)))
        throw AuthErrors.PERMISSION_DENIED({})
      await applications.deleteResource(record, resource, {
        force: query.force === true,
        orphan: query.orphan === true,
      })
      return {}
    },
    async listEvents({ params, query }, context) {
      const record = await finder.find(context, params.name, query)
      const { resourceNamespace, resourceName, resourceUID } = query
      const events = await applications.events(record, {
        ...(resourceNamespace === undefined ? {} : { namespace: resourceNamespace }),
        ...(resourceName === undefined ? {} : { name: resourceName }),
        ...(resourceUID === undefined ? {} : { uid: resourceUID }),
      })
      return { metadata: {}, items: presentEvents(events) }
    },
  }
}

function nameOf(query: { group: string; kind: string; namespace?: string | undefined; resourceName: string }): {
  group: string
  kind: string
  namespace: string | undefined
  name: string
} {
  return { group: query.group, kind: query.kind, namespace: query.namespace, name: query.resourceName }
}
