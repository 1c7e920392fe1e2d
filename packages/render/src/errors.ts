import { defineErrors } from '@driftless/foundation'

/** Errors of turning a source into manifests. */
export const RenderErrors = defineErrors('RENDER', {
  PATH_MISSING: { status: 400, message: (p: { path: string }) => `${p.path}: app path does not exist` },
  PATH_NOT_DIRECTORY: { status: 400, message: (p: { path: string }) => `${p.path}: app path is not a directory` },
  PATH_ABSOLUTE: {
    status: 400,
    message: (p: { path: string }) => `${p.path}: app path is absolute; write it relative to the repository's root`,
  },
  PATH_OUTSIDE: {
    status: 400,
    message: (p: { path: string }) => `${p.path}: app path outside root; it must stay inside the repository`,
  },
  LINK_OUTSIDE: {
    status: 400,
    message: (p: { path: string; target: string }) =>
      `${p.path}: repository contains out-of-bounds symlinks: it points to ${p.target}, which must stay inside the repository`,
  },
  SOURCES_AMBIGUOUS: {
    status: 400,
    message: (p: { types: readonly string[] }) =>
      `multiple application sources defined: ${p.types.join(',')}; keep one of them`,
  },
  TOOL_DISABLED: { status: 400, message: (p: { tool: string }) => `${p.tool} is disabled in the settings` },
  PLUGIN_UNSUPPORTED: {
    status: 400,
    message: (p: { name: string }) =>
      `configuration management plugin ${p.name || '(by discovery)'} is not declared in the settings`,
  },
  JSONNET_UNSUPPORTED: {
    status: 400,
    message: (p: { path: string }) =>
      `${p.path}: Jsonnet files are not rendered yet; exclude them or render them before you commit`,
  },
  OVERRIDE_INVALID: {
    status: 400,
    message: (p: { path: string; reason: string }) => `${p.path} does not fit an application source: ${p.reason}`,
  },
  MANIFEST_INVALID: { status: 400, message: (p: { path: string; reason: string }) => `${p.path}: ${p.reason}` },
  MANIFESTS_TOO_LARGE: {
    status: 400,
    message: (p: { path: string; limit: number }) =>
      `the manifests under ${p.path} exceed ${p.limit} bytes together; split the application or exclude files`,
  },
  GLOB_UNMATCHED: {
    status: 400,
    message: (p: { pattern: string }) =>
      `the values file pattern ${p.pattern} matches no file; correct it or set ignoreMissingValueFiles`,
  },
  VALUES_MISSING: {
    status: 400,
    message: (p: { path: string }) => `values file ${p.path} does not exist; correct it or set ignoreMissingValueFiles`,
  },
  VALUES_REMOTE: {
    status: 400,
    message: (p: { url: string }) =>
      `the values file ${p.url} lies on another server; keep it in a repository and name that as a $ref source`,
  },
  VALUES_INVALID: { status: 400, message: (p: { where: string; reason: string }) => `${p.where}: ${p.reason}` },
  REFERENCE_UNKNOWN: {
    status: 400,
    message: (p: { reference: string; path: string }) =>
      `${p.path} names the source $${p.reference}, and no source has ref: ${p.reference}`,
  },
  LIMIT_EXCEEDED: {
    status: 400,
    message: (p: { path: string; reason: string }) => `rendering ${p.path} was stopped: ${p.reason}`,
  },
  OUTPUT_TOO_LARGE: {
    status: 400,
    message: (p: { path: string; limit: number }) =>
      `${p.path} renders to more than ${p.limit} bytes; split the application`,
  },
  TIMEOUT: {
    status: 400,
    message: (p: { path: string; seconds: number }) =>
      `rendering ${p.path} took longer than ${p.seconds} s and was stopped; look for endless templates`,
  },
  OUT_OF_MEMORY: {
    status: 400,
    message: (p: { path: string; megabytes: number }) =>
      `rendering ${p.path} needed more than ${p.megabytes} MB and was stopped`,
  },
  CRASHED: {
    status: 500,
    message: (p: { path: string; reason: string }) => `rendering ${p.path} failed unexpectedly: ${p.reason}`,
  },
  TOO_SCATTERED: {
    status: 400,
    message: (p: { path: string; rounds: number }) =>
      `${p.path} reads files in more than ${p.rounds} places of the repository; bring its bases together`,
  },
  CLOSED: { status: 503, retryable: true, message: () => 'the renderer is shutting down' },
})
