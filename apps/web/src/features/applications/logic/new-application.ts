import type { Application, ApplicationSource } from '@driftless/model'
import { Document, isCollection, isMap, isScalar, parseDocument } from 'yaml'

/** Paths in the document that the form has fields for. */
export const fieldPaths = {
  name: ['metadata', 'name'],
  project: ['spec', 'project'],
  repoURL: ['spec', 'source', 'repoURL'],
  revision: ['spec', 'source', 'targetRevision'],
  path: ['spec', 'source', 'path'],
  chart: ['spec', 'source', 'chart'],
  server: ['spec', 'destination', 'server'],
  cluster: ['spec', 'destination', 'name'],
  namespace: ['spec', 'destination', 'namespace'],
  automated: ['spec', 'syncPolicy', 'automated'],
  syncOptions: ['spec', 'syncPolicy', 'syncOptions'],
  finalizers: ['metadata', 'finalizers'],
  helm: ['spec', 'source', 'helm'],
  kustomize: ['spec', 'source', 'kustomize'],
  directory: ['spec', 'source', 'directory'],
} as const
export type FieldName = keyof typeof fieldPaths

/** The document that a new application begins as; `prefill` is the JSON of the `new` parameter. */
export function startingText(prefill: string, defaults: { namespace: string }): string {
  const given = parsePrefill(prefill)
  const document = new Document({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: given?.metadata?.name ?? '', namespace: given?.metadata?.namespace ?? defaults.namespace },
    spec: {
      project: 'default',
      source: { repoURL: '', path: '', targetRevision: 'HEAD' },
      destination: { name: '', namespace: '' },
      ...given?.spec,
    },
  })
  return document.toString({ lineWidth: 0 })
}

/** Reads one field of the text; `undefined` when it is absent or the text is broken. */
export function readField(text: string, path: readonly (string | number)[]): unknown {
  const document = parseDocument(text)
  if (document.errors.length > 0) return undefined
  const value: unknown = document.getIn(path)
  return isCollection(value) ? value.toJS(document, { maxAliasCount: 50 }) : value
}

/** Writes one field into the text and leaves everything else, comments too, as it is; `undefined` takes it away. */
export function writeField(text: string, path: readonly (string | number)[], value: unknown): string {
  const document = parseDocument(text)
  if (document.errors.length > 0) return text
  const present: unknown = document.getIn(path, true)
  if (value === undefined) {
    document.deleteIn(path)
    dropEmptyParents(document, path)
  } else if (isScalar(present) && typeof value !== 'object') {
    present.value = value
    // Quotes that an empty text needed are dropped when the new one needs none.
    present.type = 'PLAIN'
  } else document.setIn(path, document.createNode(value))
  return document.toString({ lineWidth: 0 })
}

/** What must be given before an application can be created, by field. */
export function missingFields(application: Application): FieldName[] {
  const missing: FieldName[] = []
  const { source, sources, destination, project } = application.spec
  if (application.metadata.name === '') missing.push('name')
  if (project === '') missing.push('project')
  const first: ApplicationSource | undefined = source ?? sources?.[0]
  if (first === undefined || first.repoURL === '') missing.push('repoURL')
  if (first !== undefined && sources === undefined && !first.path && !first.chart) missing.push('path')
  if (!destination.server && !destination.name) missing.push('cluster')
  return missing
}

/** Finds the field that a server's refusal is about: by the path it named, else by what its message says. */
export function refusedField(fields: Readonly<Record<string, string>>, message: string): FieldName | undefined {
  for (const path of Object.keys(fields)) {
    const found = Object.entries(fieldPaths).find(
      ([, parts]) => path === parts.join('.') || path === `body.${parts.join('.')}`,
    )
    if (found !== undefined) return found[0] as FieldName
  }
  const hints: readonly (readonly [RegExp, FieldName])[] = [
    [/already exists|existing application|metadata\.name|application name/i, 'name'],
    [/app path|path .*(not|does not)|no such (file|directory)/i, 'path'],
    [/unable to resolve|revision|branch|tag|reference/i, 'revision'],
    [/repositor|authentication required|could not read from remote|source repo/i, 'repoURL'],
    [/namespace/i, 'namespace'],
    [/cluster|destination/i, 'cluster'],
    [/project/i, 'project'],
  ]
  return hints.find(([pattern]) => pattern.test(message))?.[1]
}

function parsePrefill(text: string): Partial<Application> | undefined {
  if (text === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Partial<Application>) : undefined
  } catch {
    return undefined
  }
}

function dropEmptyParents(document: ReturnType<typeof parseDocument>, path: readonly (string | number)[]): void {
  for (let length = path.length - 1; length > 1; length -= 1) {
    const parent: unknown = document.getIn(path.slice(0, length))
    if (!isMap(parent) || parent.items.length > 0) return
    document.deleteIn(path.slice(0, length))
  }
}
