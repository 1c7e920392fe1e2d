import { KustomizeErrors } from '../errors.ts'
import type { Loader } from '../load/loader.ts'
import { readOpenApi } from '../schema/merge-schema.ts'
import { readDocuments } from '../values/read-documents.ts'
import type { BuildState } from './accumulator.ts'

const builtInVersions = new Set(['v1.21.2'])

/** Takes the schema that a kustomization's `openapi` names, unless there is one already. */
export function applySchema(state: BuildState, openapi: { [key: string]: string } | undefined, loader: Loader): void {
  const path = openapi?.path
  const content = path === undefined ? undefined : loader.load(path)
  if (state.hasOwnSchema) return
  const version = openapi?.version
  if (content !== undefined && path !== undefined) {
    if (version !== undefined) {
      const reason = 'builtin version and custom schema provided, cannot use both'
      throw KustomizeErrors.CONFIGURATION({ file: path, reason })
    }
    const [document] = readDocuments(content, path)
    state.schema = readOpenApi(document, path)
    state.hasOwnSchema = true
  } else if (version) {
    if (!builtInVersions.has(version)) {
      throw KustomizeErrors.CONFIGURATION({ file: 'openapi', reason: 'the specified OpenAPI version is not built in' })
    }
    state.hasOwnSchema = true
  }
}
