import { applyJsonPatch, applyMergePatch, type JsonPatchOperation } from '@driftless/kube-objects'
import { type ApplicationSpec, application } from '@driftless/model'
import type { Context } from '../context.ts'
import { ApplicationErrors } from '../errors.ts'
import type { Loop } from '../loop.ts'
import type { ApplicationRecord, ApplicationRef } from '../ports/application-store.ts'
import { normalizeSpec, validateSpec } from './validate-spec.ts'

export interface ApplicationChange {
  readonly spec?: ApplicationSpec
  readonly labels?: Record<string, string>
  readonly annotations?: Record<string, string>
  readonly finalizers?: string[]
}

/** Replaces spec, labels, annotations or finalizers. */
export async function updateApplication(
  ref: ApplicationRef,
  change: ApplicationChange,
  { context, loop, validate }: { context: Context; loop: Loop; validate: boolean },
): Promise<ApplicationRecord> {
  const spec = change.spec === undefined ? undefined : normalizeSpec(change.spec)
  if (spec !== undefined && validate) await validateSpec(ref, spec, context)
  return await storeChange(ref, { ...change, ...(spec === undefined ? {} : { spec }) }, { context, loop })
}

/** A refresh asked for by annotation is recorded as a request instead: whoever wrote it does not wait for the answer. */
async function storeChange(
  ref: ApplicationRef,
  change: ApplicationChange & { expectedVersion?: number },
  { context, loop }: { context: Context; loop: Loop },
): Promise<ApplicationRecord> {
  const { [refreshAnnotation]: asked, ...annotations } = change.annotations ?? {}
  let stored = await context.store.update(ref, change.annotations === undefined ? change : { ...change, annotations })
  if (asked !== undefined) stored = await context.store.requestRefresh(ref, asked === 'hard' ? 'hard' : 'normal')
  loop.wake(ref, 'user')
  return stored
}

const refreshAnnotation = 'argocd.argoproj.io/refresh'
const patchAttempts = 5

/** Patches spec and metadata; what lies outside of them cannot be patched. Concurrent changes are merged by trying again. */
export async function patchApplication(
  ref: ApplicationRef,
  patch: { text: string; type: 'json' | 'merge' },
  { context, loop }: { context: Context; loop: Loop },
): Promise<ApplicationRecord> {
  const body = parsePatch(ref, patch.text)
  for (let attempt = 1; ; attempt += 1) {
    const app = await context.store.get(ref)
    if (app === undefined) throw ApplicationErrors.NOT_FOUND({ name: ref.name })
    const change = patched(app, { ...patch, body })
    if (change.spec !== undefined) await validateSpec(ref, change.spec, context)
    try {
      return await storeChange(ref, { ...change, expectedVersion: app.version }, { context, loop })
    } catch (error) {
      const conflict = (error as { code?: string }).code === 'APPLICATION_CONFLICT'
      if (!conflict || attempt === patchAttempts) throw error
    }
  }
}

function parsePatch(ref: ApplicationRef, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw ApplicationErrors.PATCH_INVALID({ name: ref.name, reason: 'the patch is no JSON' }, { cause })
  }
}

function patched(app: ApplicationRecord, patch: { type: 'json' | 'merge'; body: unknown }): ApplicationChange {
  const { name, namespace, labels, annotations, finalizers, spec } = app
  const before = { metadata: { name, namespace, labels, annotations, finalizers }, spec }
  const after =
    patch.type === 'json'
      ? applyJsonPatch(before, patch.body as JsonPatchOperation[])
      : applyMergePatch(before, patch.body)
  const { metadata: nextMetadata, spec: specAfter } = (after ?? {}) as Record<string, unknown>
  const parsed = application.safeParse({ metadata: nextMetadata, spec: specAfter })
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const reason = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`
    throw ApplicationErrors.PATCH_INVALID({ name, reason }, { cause: parsed.error })
  }
  const { metadata, spec: nextSpec } = parsed.data
  if (metadata.name !== name || (metadata.namespace ?? namespace) !== namespace) {
    throw ApplicationErrors.PATCH_INVALID({ name, reason: 'name and namespace cannot be changed' })
  }
  const changedSpec = JSON.stringify(nextSpec) !== JSON.stringify(spec)
  return {
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    finalizers: metadata.finalizers ?? [],
    ...(changedSpec ? { spec: normalizeSpec(nextSpec) } : {}),
  }
}
