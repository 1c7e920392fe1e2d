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
    message: (p: { path: string }) => `Found multiple kustomization files under: ${p.path}`,
  },
  EMPTY: { status: 400, message: (p: { file: string }) => `kustomization.yaml is empty: ${p.file} changes nothing` },
  INVALID: {
    status: 400,
    message: (p: { file: string; reason: string }) => `invalid Kustomization ${p.file}: ${p.reason}`,
  },
  CYCLE: {
    status: 400,
    message: (p: { path: string; from: string }) =>
      `cycle detected: candidate root '${p.path}' contains visited root '${p.from}'`,
  },
  RESOURCE: {
    status: 400,
    message: (p: { entry: string; file: string; reason: string }) =>
      `accumulating resources from '${p.entry}' of ${p.file}: ${p.reason}`,
  },
  COMPONENT: {
    status: 400,
    message: (p: { entry: string; file: string; reason: string }) =>
      `accumulating components from '${p.entry}' of ${p.file}: ${p.reason}`,
  },
  MALFORMED: {
    status: 400,
    message: (p: { file: string; reason: string }) => `MalformedYAMLError: yaml: ${p.reason} in File: ${p.file}`,
  },
  OBJECT: { status: 400, message: (p: { file: string; reason: string }) => `${p.file}: ${p.reason}` },
  NOT_FOUND: {
    status: 400,
    message: (p: { path: string; root: string }) => `'${p.path}' doesn't exist (named in directory '${p.root}')`,
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
    message: (p: { id: string }) =>
      `no matches for Id ${p.id}; failed to find unique target for patch ${p.id}: give the patch an object or a target`,
  },
  SEVERAL: {
    status: 400,
    message: (p: { id: string }) =>
      `multiple matches for Id ${p.id}; failed to find unique target for patch ${p.id}: name one object`,
  },
  BEHAVIOR: {
    status: 400,
    message: (p: { id: string; reason: string }) => `merging from generator: id ${p.id} ${p.reason}`,
  },
  PATCH: { status: 400, message: (p: { file: string; reason: string }) => `patch in ${p.file}: ${p.reason}` },
  MERGE: { status: 400, message: (p: { reason: string }) => p.reason },
  FIELD: {
    status: 400,
    message: (p: { path: string; id: string; reason: string }) =>
      `considering field '${p.path}' of object ${p.id}: ${p.reason}`,
  },
  SELECTOR: {
    status: 400,
    message: (p: { pattern: string; reason: string }) => `error parsing regexp '${p.pattern}': ${p.reason}`,
  },
  NAMESPACE: { status: 400, message: (p: { id: string }) => `namespace transformation produces ID conflict: ${p.id}` },
  REFERENCE: {
    status: 400,
    message: (p: { path: string; id: string; reason: string }) =>
      `updating name reference in '${p.path}' field of '${p.id}': ${p.reason}`,
  },
  REPLICAS: {
    status: 400,
    message: (p: { name: string; kinds: string }) =>
      `resource with name ${p.name} does not match a config with the following GVK [${p.kinds}]`,
  },
  REPLACEMENT: { status: 400, message: (p: { reason: string }) => p.reason },
  VARIABLE: { status: 400, message: (p: { name: string; reason: string }) => `var '${p.name}' ${p.reason}` },
  CONFIGURATION: {
    status: 400,
    message: (p: { file: string; reason: string }) => `transformer configuration ${p.file}: ${p.reason}`,
  },
  GENERATOR: {
    status: 400,
    message: (p: { name: string; reason: string }) => `generator ${p.name}: ${p.reason}`,
  },
  HELM: { status: 400, message: (p: { chart: string; reason: string }) => `chart ${p.chart}: ${p.reason}` },
  SORT: { status: 400, message: (p: { reason: string }) => p.reason },
  PLUGIN: {
    status: 400,
    message: (p: { kind: string }) =>
      `external plugins disabled; unable to load external plugin '${p.kind}': exec and container plugins are never run, ` +
      `use a built-in one (apiVersion: builtin)`,
  },
  PLUGIN_CONFIG: {
    status: 400,
    message: (p: { id: string; reason: string }) => `plugin ${p.id} fails configuration: ${p.reason}`,
  },
  VALIDATOR: { status: 400, message: (p: { id: string }) => `validator shouldn't modify the resource map: ${p.id}` },
  TOO_DEEP: {
    status: 400,
    message: (p: { limit: number }) => `objects nested deeper than ${p.limit} levels are not taken`,
  },
  TOO_LARGE: {
    status: 400,
    message: (p: { what: string; limit: number }) => `${p.what} exceed the limit of ${p.limit}`,
  },
  KEY: {
    status: 400,
    message: (p: { key: string }) => `key "${p.key}" reads as another type than text: use another name`,
  },
  NOT_JSON: { status: 400, message: (p: { text: string }) => `json: unsupported value: ${p.text}` },
})
