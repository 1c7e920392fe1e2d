/** The floors of the house, lowest first. A package may import packages of lower floors only. */
export type Floor = 0 | 1 | 2 | 3 | 4

/** What a package is to the house: a floor, the wing for React parts, or an aside that no product code imports. */
export type Place = Floor | 'wing' | 'aside'

/** Every package that may exist under `packages/`, with its place (design: the code map in `packages/README.md`). */
export const places: Readonly<Record<string, Place>> = {
  foundation: 0,
  'kube-objects': 0,
  model: 0,
  'go-template': 1,
  helm: 1,
  kustomize: 1,
  jsonnet: 1,
  diff: 1,
  health: 1,
  rbac: 1,
  'resource-tree': 1,
  contract: 1,
  git: 2,
  registry: 2,
  cluster: 2,
  'kube-server': 2,
  'embedded-cluster': 2,
  render: 3,
  sync: 3,
  applications: 4,
  'application-sets': 4,
  'image-updates': 4,
  notifications: 4,
  promotions: 4,
  ui: 'wing',
  testkit: 'aside',
  tooling: 'aside',
}

/** Imports that the floor rule alone would allow or forbid otherwise, with the reason. */
export const sidewaysImports: Readonly<Record<string, readonly string[]>> = {
  // Floor 0 is three vocabularies; the product's words build on Kubernetes' words, and both on the foundation.
  'kube-objects': ['foundation'],
  model: ['foundation', 'kube-objects'],
  // A chart is written in Go's template language.
  helm: ['go-template'],
  // A kustomization may inflate charts with our own engine.
  kustomize: ['helm'],
  // The embedded cluster is the Kubernetes wire plus kinds and controllers.
  'embedded-cluster': ['kube-server'],
}

/** What each app may import besides npm packages; `undefined` means every package. */
export const appImports: Readonly<Record<string, readonly string[] | undefined>> = {
  api: undefined,
  cli: undefined,
  web: ['ui', 'contract', 'model', 'resource-tree', 'foundation', 'kube-objects'],
}
