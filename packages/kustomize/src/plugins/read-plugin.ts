import { KustomizeErrors } from '../errors.ts'
import { type Shape, ShapeProblem } from '../load/shape.ts'
import type { Resource } from '../resources/resource.ts'
import { formatId } from '../resources/resource-id.ts'

/** Reads a plugin's configuration; fields that it does not know are left alone. */
export function readPlugin<T>(resource: Resource, shape: Shape<T>): T {
  try {
    return shape.read(resource.object, { path: resource.id.kind, strict: false })
  } catch (error) {
    if (!(error instanceof ShapeProblem)) throw error
    throw KustomizeErrors.PLUGIN_CONFIG({ id: formatId(resource.id), reason: error.message }, { cause: error })
  }
}

/** The error of a configuration that makes no sense. */
export function pluginFailure(resource: Resource, reason: string): Error {
  return KustomizeErrors.PLUGIN_CONFIG({ id: formatId(resource.id), reason })
}
