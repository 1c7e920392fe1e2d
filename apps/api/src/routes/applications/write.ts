import type { ApplicationRecord } from '@driftless/applications'
import { defineErrors } from '@driftless/foundation'
import { applyJsonPatch, applyMergePatch, type JsonPatchOperation } from '@driftless/kube-objects'
import type { Application } from '@driftless/model'
import { AuthErrors } from '../../auth/errors.ts'
import type { HandlersOf, RequestContext } from '../handler.ts'
import type { ApplicationParts } from './parts.ts'

type WriteRoutes =
  | 'createApplication'
  | 'updateApplication'
  | 'updateApplicationSpec'
  | 'patchApplication'
  | 'deleteApplication'

export const WriteErrors = defineErrors('REQUEST', {
  NAME_MISMATCH: {
    status: 400,
    message: (p: { path: string; body: string }) =>
      `the path names application "${p.path}", the body "${p.body}": send the same in both`,
  },
  PATCH_INVALID: { status: 400, message: (p: { reason: string }) => `the patch cannot be applied: ${p.reason}` },
  POLICY_WITHOUT_CASCADE: { status: 400, message: () => 'cannot set propagation policy when cascading is disabled' },
})

/** Routes that change what applications are. */
export function writeHandlers(parts: ApplicationParts): HandlersOf<WriteRoutes> {
  const { applications, finder, present } = parts
  return {
    async createApplication({ query, body }, context) {
      const ref = finder.refOf(body.metadata.name, body.metadata.namespace)
      context.authorize(finder.objectOf(body.spec.project, ref))
      const upsert = query.upsert === true
      if (upsert) await authorizeUpsert(parts, context, body)
      // Status and operation are the server's: what a body says of them is dropped.
      const application: Application = { metadata: { ...body.metadata, namespace: ref.namespace }, spec: body.spec }
      return present(
        await applications.create(application, {
          upsert,
          validate: query.validate !== false,
          actor: context.requireCaller().username,
        }),
      )
    },
    async updateApplication({ params, query, body }, context) {
      if (body.metadata.name !== params.name)
        throw WriteErrors.NAME_MISMATCH({ path: params.name, body: body.metadata.name })
      const record = await finder.find(context, params.name, query)
      authorizeMove(parts, context, { record, project: body.spec.project })
      const { labels = {}, annotations = {}, finalizers = [] } = body.metadata
      const change = { spec: body.spec, labels, annotations, finalizers }
      return present(
        await applications.update(record, change, {
          validate: query.validate !== false,
          actor: context.requireCaller().username,
        }),
      )
    },
    async updateApplicationSpec({ params, query, body }, context) {
      const record = await finder.find(context, params.name, query)
      authorizeMove(parts, context, { record, project: body.project })
      const options = { validate: query.validate !== false, actor: context.requireCaller().username }
      return (await applications.update(record, { spec: body }, options)).spec
    },
    async patchApplication({ params, body }, context) {
      const record = await finder.find(context, params.name, body)
      const type = body.patchType === 'merge' ? 'merge' : 'json'
      authorizeMove(parts, context, { record, project: projectAfter(present(record), body.patch, type) })
      return present(await applications.patch(record, body.patch, { type, actor: context.requireCaller().username }))
    },
    async deleteApplication({ params, query }, context) {
      const cascade = query.cascade !== false
      if (!cascade && query.propagationPolicy !== undefined) throw WriteErrors.POLICY_WITHOUT_CASCADE({})
      const record = await finder.find(context, params.name, query)
      const propagation = query.propagationPolicy ?? 'foreground'
      await applications.delete(record, { cascade, propagation, actor: context.requireCaller().username })
      return {}
    },
  }
}

async function authorizeUpsert(
  { store, finder }: ApplicationParts,
  context: RequestContext,
  body: Application,
): Promise<void> {
  const known = await store.get(finder.refOf(body.metadata.name, body.metadata.namespace))
  if (known === undefined) return
  for (const project of [known.spec.project, body.spec.project]) {
    if (!context.canOther('applications', 'update', finder.objectOf(project, known)))
      throw AuthErrors.PERMISSION_DENIED({})
  }
}

/** Moving an application needs the right to create it in the new project and to update it in both (spec: rbac-auth §2). */
function authorizeMove(
  { finder }: ApplicationParts,
  context: RequestContext,
  { record, project }: { record: ApplicationRecord; project: string },
): void {
  if (project === record.spec.project) return
  const object = finder.objectOf(project, record)
  context.authorize(object)
  if (!context.canOther('applications', 'create', object)) throw AuthErrors.PERMISSION_DENIED({})
}

/** The project that an application would be in after a patch. */
function projectAfter(application: Application, patch: string, type: 'json' | 'merge'): string {
  try {
    const document: unknown = JSON.parse(patch)
    const patched =
      type === 'merge'
        ? applyMergePatch(application, document)
        : applyJsonPatch(application, document as JsonPatchOperation[])
    const project: unknown = (patched as { spec?: { project?: unknown } }).spec?.project
    if (typeof project !== 'string') throw new TypeError('spec.project must be a name')
    return project
  } catch (cause) {
    throw WriteErrors.PATCH_INVALID({ reason: cause instanceof Error ? cause.message : String(cause) }, { cause })
  }
}
