import { defineErrors } from '@driftless/foundation'

/** How deep objects may nest; real objects stay below 50. */
export const MAX_DEPTH = 500

/** Errors of YAML texts. */
export const YamlErrors = defineErrors('YAML', {
  INVALID: {
    status: 400,
    message: (p: { reason: string; file?: string; line?: number; column?: number }) =>
      `${placeOf(p)}is not valid YAML: ${p.reason}`,
  },
})

/** Errors of texts that should hold Kubernetes objects. */
export const ManifestErrors = defineErrors('MANIFEST', {
  INVALID: {
    status: 400,
    message: (p: { reason: string; document: number; file?: string; line?: number }) =>
      `document ${p.document} of ${placeOf(p, 'the manifests')}is not a Kubernetes object: ${p.reason}`,
  },
})

/** Errors of values of any kind. */
export const ObjectErrors = defineErrors('OBJECT', {
  TOO_DEEP: {
    status: 400,
    message: (p: { limit: number }) => `the value nests deeper than ${p.limit} levels; make it flatter`,
  },
  NOT_JSON: {
    status: 400,
    message: (p: { type: string }) =>
      `a value of type ${p.type} cannot be written as JSON; use plain objects, arrays and scalars`,
  },
})

/** Errors of patches. */
export const PatchErrors = defineErrors('PATCH', {
  INVALID: { status: 400, message: (p: { reason: string }) => `the patch is not valid: ${p.reason}` },
  TEST_FAILED: {
    status: 422,
    message: (p: { path: string }) => `the test of the patch failed at "${p.path}": the value there is another one`,
  },
  PATH_MISSING: {
    status: 422,
    message: (p: { path: string; op: string }) =>
      `the patch cannot ${p.op} "${p.path}": the document has no such place; create its parents first`,
  },
})

/** Errors of selectors. */
export const SelectorErrors = defineErrors('SELECTOR', {
  INVALID: {
    status: 400,
    message: (p: { selector: string; reason: string }) => `the selector "${p.selector}" is not valid: ${p.reason}`,
  },
})

/** Errors of quantities. */
export const QuantityErrors = defineErrors('QUANTITY', {
  INVALID: {
    status: 400,
    message: (p: { text: string }) =>
      `"${p.text}" is not a quantity; write a number with an optional suffix such as 100m, 2, 1.5Gi or 1e3`,
  },
})

/** Errors of server-side apply. */
export const ApplyErrors = defineErrors('APPLY', {
  INVALID: { status: 400, message: (p: { reason: string }) => p.reason },
})

/** Raises `OBJECT_TOO_DEEP` when `depth` passes the limit. */
export function guardDepth(depth: number): void {
  if (depth > MAX_DEPTH) throw ObjectErrors.TOO_DEEP({ limit: MAX_DEPTH })
}

function placeOf(p: { file?: string; line?: number; column?: number }, nameless = 'the text'): string {
  const file = p.file ?? nameless
  if (p.line === undefined) return `${file} `
  return p.column === undefined ? `${file}:${p.line} ` : `${file}:${p.line}:${p.column} `
}
