import type { LiveCluster } from '@driftless/cluster'
import type { ApplicationCondition, ApplicationSpec, SourceType } from '@driftless/model'
import { type ComparedObject, compareObjects, VerdictCache } from './comparison.ts'
import type { Context } from './context.ts'
import { awaitReady, clusterOf } from './destination.ts'
import type { LiveColumns } from './live-columns.ts'
import type { ApplicationRef } from './ports/application-store.ts'
import { type ResolvedSource, renderSources, resolveSources } from './sources.ts'
import { buildTargets, type Target } from './targets.ts'

/** One consistent look at an application: the same tuple of commits rendered and compared with one live state. */
export interface Snapshot {
  readonly resolved: readonly ResolvedSource[]
  readonly revisions: readonly string[]
  readonly sourceTypes: readonly SourceType[]
  readonly commands: readonly string[]
  readonly targets: readonly Target[]
  readonly cluster: LiveCluster<LiveColumns>
  readonly compared: readonly ComparedObject[]
  readonly conditions: readonly ApplicationCondition[]
  /** When the cluster last confirmed the live side. */
  readonly observedAt: string | undefined
}

export interface SnapshotOptions {
  /** Resolve and render anew. */
  readonly hard?: boolean
  /** Ask the repositories for references anew. */
  readonly resolveAnew?: boolean
  readonly revisions?: readonly (string | undefined)[]
}

/** Resolves, renders, observes and compares; throws the first reason that stops it. */
export async function takeSnapshot(
  ref: ApplicationRef,
  spec: ApplicationSpec,
  options: { context: Context } & SnapshotOptions,
): Promise<Snapshot> {
  const { context } = options
  const instance = context.instanceOf(ref)
  const cluster = await clusterOf(spec.destination, context)
  const resolving = resolveSources(spec, context, {
    noCache: options.hard === true || options.resolveAnew === true,
    ...(options.revisions === undefined ? {} : { revisions: options.revisions }),
  })
  // Both are waited for together; a git error is the more useful one to report.
  const [resolution, readiness] = await Promise.allSettled([resolving, awaitReady(cluster)])
  if (resolution.status === 'rejected') throw resolution.reason
  if (readiness.status === 'rejected') throw readiness.reason
  const resolved = resolution.value

  const namespace = spec.destination.namespace ?? ''
  const { rendered, sourceTypes } = await renderSources(resolved, context, {
    instanceName: instance,
    namespace,
    project: spec.project,
    kubeVersion: cluster.contact().serverVersion,
    apiVersions: cluster.discovery()?.apiVersions ?? [],
    noCache: options.hard === true,
  })
  const { targets, conditions } = buildTargets({
    rendered,
    instance,
    namespace,
    scopeOf: (kind) => cluster.scopeOf(kind),
  })
  const verdicts = options.hard === true ? new VerdictCache() : context.verdictsOf(ref)
  const compared = await compareObjects({ spec, targets, cluster, instance, verdicts })
  return {
    resolved,
    revisions: resolved.map(({ sha }) => sha),
    sourceTypes,
    commands: rendered.flatMap((source) => source.commands),
    targets,
    cluster,
    compared,
    conditions: [...conditions, ...sharedResources(compared, ref, context)],
    observedAt: cluster.contact().lastSeenAt?.toISOString(),
  }
}

/** Objects that git wants here but that another application manages (spec: sync §2). */
function sharedResources(
  compared: readonly ComparedObject[],
  ref: ApplicationRef,
  context: Context,
): ApplicationCondition[] {
  const own = context.instanceOf(ref)
  return compared
    .filter(({ target, live }) => target !== undefined && live?.instance !== undefined && live.instance !== own)
    .map(({ key, live }) => {
      const other = context.refOf(live?.instance ?? '')
      const names = [`${ref.namespace}/${ref.name}`, `${other.namespace}/${other.name}`].join(' and ')
      return {
        type: 'SharedResourceWarning' as const,
        message: `${key.kind}/${key.name} is part of applications ${names}`,
      }
    })
}
