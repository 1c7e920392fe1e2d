import type { LiveCluster, LiveObject } from '@driftless/cluster'
import { type Comparison, compare } from '@driftless/diff'
import { formatKey, type KubeObject, type ObjectKey } from '@driftless/kube-objects'
import type { ApplicationSpec, SyncStatusCode } from '@driftless/model'
import { isHook, isIgnoredHook, isSkipped, resourceSyncOptions, waveOf } from '@driftless/sync'
import type { LiveColumns } from './live-columns.ts'
import type { Target } from './targets.ts'

/** One managed object: what git wants, what the cluster shows, and whether they agree. */
export interface ComparedObject {
  readonly key: ObjectKey
  readonly target: Target | undefined
  readonly live: LiveObject<LiveColumns> | undefined
  readonly status: SyncStatusCode
  /** True when both exist and differ. */
  readonly modified: boolean
  readonly hook: boolean
  /** True when the object says `hook: Skip`, or carries a hook annotation nobody understands. */
  readonly skipped: boolean
  readonly wave: number
  /** True when its being extra does not count (compare-options: IgnoreExtraneous). */
  readonly extraneousIgnored: boolean
}

/** Remembers verdicts: equal hash and equal live version need no second look (performance rule 1). */
export class VerdictCache {
  readonly #verdicts = new Map<string, { stamp: string; modified: boolean }>()

  get(key: string, stamp: string): boolean | undefined {
    const verdict = this.#verdicts.get(key)
    return verdict?.stamp === stamp ? verdict.modified : undefined
  }

  set(key: string, stamp: string, modified: boolean): void {
    this.#verdicts.set(key, { stamp, modified })
  }

  keep(keys: ReadonlySet<string>): void {
    for (const key of this.#verdicts.keys()) if (!keys.has(key)) this.#verdicts.delete(key)
  }
}

export interface CompareObjectsRequest {
  readonly spec: ApplicationSpec
  readonly targets: readonly Target[]
  readonly cluster: LiveCluster<LiveColumns>
  readonly instance: string
  readonly verdicts: VerdictCache
}

/** Matches desired and live objects by key and judges each pair; the rest of the live ones are extra. */
export async function compareObjects(request: CompareObjectsRequest): Promise<ComparedObject[]> {
  const { cluster, targets, instance, verdicts } = request
  const rest = new Map<string, LiveObject<LiveColumns>>()
  for (const live of cluster.managedBy(instance)) rest.set(formatKey(live.key), live)
  const compared: ComparedObject[] = []
  for (const target of targets) {
    const text = formatKey(target.key)
    rest.delete(text)
    compared.push(await judge(target, cluster.get(target.key), request))
  }
  for (const live of rest.values()) compared.push(await judgeExtra(live, cluster))
  verdicts.keep(new Set(compared.map(({ key }) => formatKey(key))))
  return compared.sort((a, b) => (formatKey(a.key) < formatKey(b.key) ? -1 : 1))
}

async function judge(
  target: Target,
  live: LiveObject<LiveColumns> | undefined,
  { cluster, spec, verdicts }: CompareObjectsRequest,
): Promise<ComparedObject> {
  const hook = isHook(target.object)
  const skipped = isSkipped(target.object) || isIgnoredHook(target.object)
  const base = { key: target.key, target, live, hook, skipped, wave: waveOf(target.object), extraneousIgnored: false }
  if (hook || skipped) return { ...base, status: 'Synced', modified: false }
  if (live === undefined) return { ...base, status: 'OutOfSync', modified: false }
  const text = formatKey(target.key)
  const stamp = `${target.hash} ${live.uid} ${live.resourceVersion} ${JSON.stringify(spec.ignoreDifferences ?? '')}`
  let modified = verdicts.get(text, stamp)
  if (modified === undefined) {
    const manifest = await cluster.manifest(live)
    modified = manifest === undefined || compareStates(manifest, target.object, spec).modified
    verdicts.set(text, stamp, modified)
  }
  return { ...base, modified, status: modified ? 'OutOfSync' : 'Synced' }
}

async function judgeExtra(live: LiveObject<LiveColumns>, cluster: LiveCluster<LiveColumns>): Promise<ComparedObject> {
  const manifest = await cluster.manifest(live)
  const hook = manifest !== undefined && isHook(manifest)
  return {
    key: live.key,
    target: undefined,
    live,
    hook,
    skipped: manifest !== undefined && (isSkipped(manifest) || isIgnoredHook(manifest)),
    wave: manifest === undefined ? 0 : waveOf(manifest),
    status: hook ? 'Synced' : 'OutOfSync',
    modified: false,
    extraneousIgnored: compareOptions(manifest).includes('IgnoreExtraneous'),
  }
}

/** The full comparison of one pair, by the strategy that the application asks for (spec: sync §3). */
export function compareStates(
  live: KubeObject | undefined,
  target: KubeObject | undefined,
  spec: ApplicationSpec,
): Comparison {
  const serverSide =
    (spec.syncPolicy?.syncOptions ?? []).includes('ServerSideApply=true') ||
    resourceSyncOptions(target).includes('ServerSideApply=true')
  return compare({
    live,
    target,
    ...(serverSide ? { strategy: 'structured-merge' as const } : {}),
    ignoreDifferences: spec.ignoreDifferences ?? [],
  })
}

function compareOptions(object: KubeObject | undefined): string[] {
  const text = object?.metadata.annotations?.['argocd.argoproj.io/compare-options'] ?? ''
  return text.split(',').map((option) => option.trim())
}
