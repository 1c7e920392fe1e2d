import { DriftlessError, messageOf } from '@driftless/foundation'
import { type ApplicationSource, type ApplicationSpec, sourcesOf } from '@driftless/model'
import type { Context } from '../context.ts'
import { serverOf } from '../destination.ts'
import { ApplicationErrors } from '../errors.ts'
import type { ApplicationRef } from '../ports/application-store.ts'
import { renderSources, resolveSources } from '../sources.ts'

/** Refuses a spec that could not be deployed: wrong shape, unknown project or cluster, a source that does not render. */
export async function validateSpec(ref: ApplicationRef, spec: ApplicationSpec, context: Context): Promise<void> {
  const problems = shapeProblems(spec)
  if (problems.length > 0) throw invalid(ref, problems)
  if ((await context.projects.get(spec.project)) === undefined) {
    throw invalid(ref, [`application references project ${spec.project} which does not exist`])
  }
  try {
    const server = await serverOf(spec.destination, context)
    const cluster = context.liveClusters.get(server)
    const resolved = await resolveSources(spec, context, { noCache: true })
    await renderSources(resolved, context, {
      instanceName: context.instanceOf(ref),
      namespace: spec.destination.namespace ?? '',
      project: spec.project,
      kubeVersion: cluster?.contact().serverVersion,
      apiVersions: cluster?.discovery()?.apiVersions ?? [],
      noCache: false,
    })
  } catch (error) {
    throw invalid(ref, [messageOf(error)], error)
  }
}

/** Fills in what the controller would: the default project, no trailing slash, no empty blocks (spec: objects §1.1). */
export function normalizeSpec(spec: ApplicationSpec): ApplicationSpec {
  const server = spec.destination.server?.replace(/\/$/, '')
  const { syncPolicy, ...rest } = spec
  const emptyPolicy =
    syncPolicy === undefined || Object.values(syncPolicy).every((value) => value === undefined || value === null)
  return {
    ...rest,
    project: spec.project === '' ? 'default' : spec.project,
    destination: { ...spec.destination, ...(server === undefined ? {} : { server }) },
    ...(emptyPolicy ? {} : { syncPolicy }),
  }
}

function shapeProblems(spec: ApplicationSpec): string[] {
  const sources = sourcesOf(spec)
  if (sources.length === 0) return ['spec.source.repoURL and either spec.source.path or spec.source.chart are required']
  const single = spec.sources === undefined || spec.sources.length === 0
  const problems = sources.flatMap((source) => sourceProblems(source, single))
  const refs = sources.flatMap(({ ref }) => (ref === undefined ? [] : [ref]))
  for (const ref of refs) {
    if (!/^[a-zA-Z0-9_-]+$/.test(ref)) problems.push(`source ref "${ref}" may hold only letters, digits, "_" and "-"`)
    if (refs.indexOf(ref) !== refs.lastIndexOf(ref)) problems.push(`source ref "${ref}" is used more than once`)
  }
  const { server, name } = spec.destination
  if (!server && !name) problems.push('Destination server missing from app spec')
  return [...new Set(problems)]
}

function sourceProblems(source: ApplicationSource, single: boolean): string[] {
  const problems: string[] = []
  if (source.repoURL === '') problems.push('spec.source.repoURL is required')
  const hasPlace = source.path !== undefined || source.chart !== undefined || (!single && source.ref !== undefined)
  if (!hasPlace) problems.push('spec.source.repoURL and either source.path or source.chart are required')
  if (source.chart !== undefined && !source.targetRevision)
    problems.push('spec.source.targetRevision is required if the manifest source is a helm chart')
  const tools = (['helm', 'kustomize', 'directory', 'plugin'] as const).filter((tool) => source[tool] !== undefined)
  if (tools.length > 1) problems.push(`multiple application sources defined: ${tools.join(',')}`)
  return problems
}

function invalid(ref: ApplicationRef, messages: readonly string[], cause?: unknown): DriftlessError {
  const problems = messages.map((message) => ({ type: 'InvalidSpecError', message }))
  const place = cause instanceof DriftlessError ? cause.place : undefined
  return ApplicationErrors.SPEC_INVALID(
    { name: ref.name, problems },
    { cause, ...(place === undefined ? {} : { place }) },
  )
}
