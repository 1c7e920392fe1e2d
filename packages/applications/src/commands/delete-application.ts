import { cascadeFinalizer } from '@driftless/model'
import type { Context } from '../context.ts'
import { ApplicationErrors } from '../errors.ts'
import type { Loop } from '../loop.ts'
import type { ApplicationRef } from '../ports/application-store.ts'

/** Asks for the deletion of an application; with `cascade` its resources go first (spec: sync §12). */
export async function deleteApplication(
  ref: ApplicationRef,
  request: { cascade: boolean; propagation: 'foreground' | 'background' },
  { context, loop }: { context: Context; loop: Loop },
): Promise<void> {
  const app = await context.store.get(ref)
  if (app === undefined) throw ApplicationErrors.NOT_FOUND({ name: ref.name })
  const others = app.finalizers.filter((name) => !name.startsWith(cascadeFinalizer))
  const own = request.propagation === 'background' ? `${cascadeFinalizer}/background` : cascadeFinalizer
  await context.store.markDeleted(ref, request.cascade ? [...others, own] : others)
  loop.wake(ref, 'user')
}
