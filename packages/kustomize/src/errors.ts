import { defineErrors } from '@driftless/foundation'

/** What can be wrong with a kustomization. */
export const KustomizeErrors = defineErrors('KUSTOMIZE', {
  NO_KUSTOMIZATION: {
    status: 400,
    message: (p: { path: string }) =>
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${p.path}'`,
  },
  AMBIGUOUS: {
    status: 400,
    message: (p: { path: string }) => `found multiple kustomization files under ${p.path}: keep one`,
  },
  INVALID: {
    status: 400,
    message: (p: { file: string; reason: string }) => `invalid Kustomization ${p.file}: ${p.reason}`,
  },
  CYCLE: {
    status: 400,
    message: (p: { path: string; from: string }) => `cycle detected: ${p.from} includes ${p.path}, which includes it`,
  },
  RESOURCE: {
    status: 400,
    message: (p: { entry: string; file: string; reason: string }) =>
      `accumulating resource '${p.entry}' of ${p.file}: ${p.reason}`,
  },
  OUTSIDE: {
    status: 400,
    message: (p: { path: string; root: string }) => `security; file '${p.path}' is not in or below '${p.root}'`,
  },
  REMOTE: {
    status: 400,
    message: (p: { entry: string }) => `remote base ${p.entry} cannot be fetched here: keep the base in the repository`,
  },
  DUPLICATE: {
    status: 400,
    message: (p: { id: string }) => `may not add resource with an already registered id: ${p.id}`,
  },
  NO_MATCH: {
    status: 400,
    message: (p: { id: string; file: string }) =>
      `no matches for Id ${p.id}; failed to find unique target for patch in ${p.file}`,
  },
  PATCH: { status: 400, message: (p: { file: string; reason: string }) => `patch in ${p.file}: ${p.reason}` },
  GENERATOR: {
    status: 400,
    message: (p: { name: string; file: string; reason: string }) => `generator ${p.name} of ${p.file}: ${p.reason}`,
  },
  UNSUPPORTED: {
    status: 400,
    message: (p: { field: string; file: string }) =>
      `${p.file} uses "${p.field}", which is not supported yet; leave it out or render it beforehand`,
  },
  PLUGIN: {
    status: 400,
    message: (p: { file: string }) =>
      `${p.file} asks for an exec or container plugin: code from a repository is never run`,
  },
})
