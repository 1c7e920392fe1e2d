import type { LiveClusters } from '@driftless/cluster'
import type { Clock } from '@driftless/foundation'
import type { GitRepositories } from '@driftless/git'
import { instanceName } from '@driftless/model'
import type { Renderer } from '@driftless/render'
import { VerdictCache } from './comparison.ts'
import type { LiveColumns } from './live-columns.ts'
import type { ApplicationRef, ApplicationStore } from './ports/application-store.ts'
import type { ClusterDirectory, ProjectDirectory, RepositoryDirectory } from './ports/directories.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Everything the loop, the commands and the queries work with; each is a port. */
export interface ApplicationsOptions {
  readonly store: ApplicationStore
  readonly repositories: RepositoryDirectory
  readonly clusters: ClusterDirectory
  readonly projects: ProjectDirectory
  readonly git: GitRepositories
  readonly renderer: Renderer
  readonly liveClusters: LiveClusters<LiveColumns>
  readonly clock: Clock
  /** Namespace of applications whose instance name is their plain name. */
  readonly controlPlaneNamespace: string
  readonly reconcileSeconds: number
  readonly log: (level: LogLevel, message: string, fields?: Record<string, unknown>) => void
}

/** The options plus what the parts share in memory; nothing here must survive a restart. */
export interface Context extends ApplicationsOptions {
  /** Aborted when the process stops: work in progress ends where it is and is taken up by the next start. */
  readonly stopping: AbortSignal
  readonly verdictsOf: (ref: ApplicationRef) => VerdictCache
  readonly forget: (ref: ApplicationRef) => void
  /** When each application was last resolved and compared without failing (RFC 3339), whether or not that had anything to write. */
  readonly comparedAt: Map<string, string>
  readonly instanceOf: (ref: ApplicationRef) => string
  readonly refOf: (instance: string) => ApplicationRef
}

/** Creates the shared context. */
export function createContext(options: ApplicationsOptions, stopping: AbortSignal): Context {
  const verdicts = new Map<string, VerdictCache>()
  const comparedAt = new Map<string, string>()
  const home = options.controlPlaneNamespace
  return {
    ...options,
    stopping,
    verdictsOf(ref) {
      const key = keyOfRef(ref)
      let cache = verdicts.get(key)
      if (cache === undefined) {
        cache = new VerdictCache()
        verdicts.set(key, cache)
      }
      return cache
    },
    comparedAt,
    forget(ref) {
      verdicts.delete(keyOfRef(ref))
      comparedAt.delete(keyOfRef(ref))
    },
    instanceOf: ({ namespace, name }) => instanceName(name, namespace, home),
    refOf(instance) {
      const underscore = instance.indexOf('_')
      return underscore < 0
        ? { namespace: home, name: instance }
        : { namespace: instance.slice(0, underscore), name: instance.slice(underscore + 1) }
    },
  }
}

/** A reference as a map key: `<namespace>/<name>`. */
export function keyOfRef(ref: ApplicationRef): string {
  return `${ref.namespace}/${ref.name}`
}

/** Reads what {@link keyOfRef} wrote. */
export function refOfKey(key: string): ApplicationRef {
  const slash = key.indexOf('/')
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) }
}
