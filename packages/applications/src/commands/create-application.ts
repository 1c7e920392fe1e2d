import { canonicalJson } from '@driftless/kube-objects'
import type { Application } from '@driftless/model'
import type { Context } from '../context.ts'
import { ApplicationErrors } from '../errors.ts'
import type { Loop } from '../loop.ts'
import type { ApplicationRecord, ApplicationRef } from '../ports/application-store.ts'
import { normalizeSpec, validateSpec } from './validate-spec.ts'

export interface CreateOptions {
  readonly upsert: boolean
  readonly validate: boolean
  readonly actor: string
}

const namePattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

/** Creates an application, or with `upsert` replaces one of another spec; status and operation of the request are ignored. */
export async function createApplication(
  application: Application,
  options: CreateOptions,
  { context, loop }: { context: Context; loop: Loop },
): Promise<ApplicationRecord> {
  const { name } = application.metadata
  if (!namePattern.test(name) || name.length > 253) throw ApplicationErrors.NAME_INVALID({ name })
  const ref: ApplicationRef = { namespace: application.metadata.namespace || context.controlPlaneNamespace, name }
  if (ref.namespace !== context.controlPlaneNamespace)
    throw ApplicationErrors.NAMESPACE_REFUSED({ namespace: ref.namespace })
  const spec = normalizeSpec(application.spec)
  const { labels = {}, annotations = {}, finalizers = [] } = application.metadata

  const existing = await context.store.get(ref)
  if (existing !== undefined) {
    if (sameApplication(existing, { spec, labels, annotations, finalizers })) return existing
    if (!options.upsert) throw ApplicationErrors.SPEC_DIFFERS({})
  }
  if (options.validate) await validateSpec(ref, spec, context)
  const stored =
    existing === undefined
      ? await context.store.create({ ...ref, metadata: { labels, annotations, finalizers }, spec })
      : await context.store.update(ref, { spec, labels, annotations, finalizers })
  loop.wake(ref, 'user')
  return stored
}

function sameApplication(
  existing: ApplicationRecord,
  wanted: Pick<ApplicationRecord, 'spec' | 'labels' | 'annotations' | 'finalizers'>,
): boolean {
  const { spec, labels, annotations, finalizers } = existing
  return canonicalJson({ spec, labels, annotations, finalizers }) === canonicalJson(wanted)
}
