import { formatKey, keyOf } from '@driftless/kube-objects'
import type { DaemonSet, Node, NodeSelectorTerm, Pod } from './objects.ts'
import { availableIn, controlled, isFinished, isReady } from './pod-facts.ts'
import { podFromTemplate } from './pod-from-template.ts'
import { dropOldRevisions, ensureRevision, type Revision, revisionLabel } from './revision-history.ts'
import { updateStatusIfChanged } from './runtime/change-object.ts'
import { type Controller, type ControllerContext, keyOfChange, ownerKey } from './runtime/controller.ts'
import { intOrPercent } from './runtime/int-or-percent.ts'
import { randomSuffix } from './runtime/template-hash.ts'
import { matchesNode, tolerates } from './scheduler/fit.ts'

const generationAnnotation = 'deprecated.daemonset.template.generation'
const generationLabel = 'pod-template-generation'
/** Troubles of a node that keep ordinary pods away but not daemons. */
const tolerated = ['not-ready', 'unreachable', 'disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable']

/** Keeps one pod of a DaemonSet on every node that it fits. */
export function daemonSetController(context: ControllerContext): Controller {
  const { api } = context
  return {
    name: 'daemonset-controller',
    watches: ['apps/DaemonSet', '/Pod', '/Node'],
    keysOf(change) {
      if (change.object.kind === 'DaemonSet') return [keyOfChange(change)]
      if (change.object.kind === 'Node')
        return api.list({ group: 'apps', kind: 'DaemonSet' }).map((set) => formatKey(keyOf(set)))
      const owner = ownerKey(change, 'apps', 'DaemonSet')
      return owner === undefined ? [] : [owner]
    },
    reconcile(key) {
      const set = api.get(key) as DaemonSet | undefined
      return set === undefined || set.metadata.deletionTimestamp !== undefined ? undefined : reconcileSet(context, set)
    },
  }
}

function reconcileSet(context: ControllerContext, set: DaemonSet): number | undefined {
  const revision = ensureRevision(context, set, set.spec.template)
  const nodes = (context.api.list({ group: '', kind: 'Node' }) as Node[]).filter((node) => runsOn(set, node))
  const names = new Set(nodes.map((node) => node.metadata.name ?? ''))
  const pods = livingPods(context, set)
  for (const pod of pods) {
    const isSurplus =
      !names.has(nodeOf(pod)) || isFinished(pod) || pods.find((other) => nodeOf(other) === nodeOf(pod)) !== pod
    if (isSurplus && pod.metadata.deletionTimestamp === undefined) remove(context, set, pod)
  }
  for (const name of names)
    if (!pods.some((pod) => nodeOf(pod) === name)) create(context, set, { node: name, revision })
  rollOut(context, set, { revision, wanted: nodes.length })
  const wait = reportStatus(context, set, { revision, nodes: names })
  const used = new Set([
    revision.metadata.name ?? '',
    ...pods.map((pod) => `${set.metadata.name}-${pod.metadata.labels?.[revisionLabel]}`),
  ])
  dropOldRevisions(context, set, { limit: set.spec.revisionHistoryLimit ?? 10, used })
  return wait
}

function livingPods(context: ControllerContext, set: DaemonSet): Pod[] {
  return controlled<Pod>(context.api, set, 'Pod')
}

function runsOn(set: DaemonSet, node: Node): boolean {
  const probe = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {},
    spec: { ...set.spec.template.spec, tolerations: tolerations(set) },
  } as Pod
  const repelled = node.spec?.taints?.some((taint) => taint.effect !== 'PreferNoSchedule' && !tolerates(probe, taint))
  return repelled !== true && matchesNode(probe, node)
}

function tolerations(set: DaemonSet) {
  const added = tolerated.map((name) => ({
    key: `node.kubernetes.io/${name}`,
    operator: 'Exists' as const,
    effect: name === 'not-ready' || name === 'unreachable' ? 'NoExecute' : 'NoSchedule',
  }))
  return [...(set.spec.template.spec.tolerations ?? []), ...added]
}

/** The node that a pod was made for, scheduled or not. */
function nodeOf(pod: Pod): string {
  const terms = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  return pod.spec.nodeName ?? terms?.[0]?.matchFields?.[0]?.values?.[0] ?? ''
}

function create(context: ControllerContext, set: DaemonSet, request: { node: string; revision: Revision }): void {
  const generateName = `${set.metadata.name}-`
  const generation = set.metadata.annotations?.[generationAnnotation] ?? '1'
  const pod = podFromTemplate(set, set.spec.template, {
    name: generateName + randomSuffix(context.random),
    generateName,
    labels: { [revisionLabel]: request.revision.metadata.labels?.[revisionLabel] ?? '', [generationLabel]: generation },
  })
  const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const field = { key: 'metadata.name', operator: 'In', values: [request.node] }
  const terms: NodeSelectorTerm[] = (required?.nodeSelectorTerms ?? [{}]).map((term) => ({
    ...term,
    matchFields: [field],
  }))
  pod.spec.affinity = {
    ...pod.spec.affinity,
    nodeAffinity: {
      ...pod.spec.affinity?.nodeAffinity,
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms },
    },
  }
  pod.spec.tolerations = tolerations(set)
  context.api.create(pod, { manager: 'kube-controller-manager' })
  context.events.record({
    object: set,
    source: 'daemonset-controller',
    reason: 'SuccessfulCreate',
    message: `Created pod: ${pod.metadata.name}`,
  })
}

function remove(context: ControllerContext, set: DaemonSet, pod: Pod): void {
  context.api.delete(keyOf(pod))
  context.events.record({
    object: set,
    source: 'daemonset-controller',
    reason: 'SuccessfulDelete',
    message: `Deleted pod: ${pod.metadata.name}`,
  })
}

/** Removes pods of older templates as far as `maxUnavailable` allows (surging sets count as one at a time). */
function rollOut(context: ControllerContext, set: DaemonSet, facts: { revision: Revision; wanted: number }): void {
  if (set.spec.updateStrategy?.type === 'OnDelete') return
  const pods = livingPods(context, set)
  const allowed = Math.max(1, intOrPercent(set.spec.updateStrategy?.rollingUpdate?.maxUnavailable, facts.wanted, 'up'))
  const available = pods.filter((pod) => isReady(pod) && pod.metadata.deletionTimestamp === undefined).length
  let budget = allowed - (facts.wanted - available)
  for (const pod of pods.filter((candidate) => isOutdated(candidate, facts.revision))) {
    if (pod.metadata.deletionTimestamp !== undefined) continue
    if (isReady(pod)) {
      if (budget <= 0) continue
      budget -= 1
    }
    remove(context, set, pod)
  }
}

function isOutdated(pod: Pod, revision: Revision): boolean {
  return pod.metadata.labels?.[revisionLabel] !== revision.metadata.labels?.[revisionLabel]
}

function reportStatus(
  context: ControllerContext,
  set: DaemonSet,
  facts: { revision: Revision; nodes: ReadonlySet<string> },
): number | undefined {
  const pods = livingPods(context, set).filter((pod) => pod.metadata.deletionTimestamp === undefined)
  const placed = pods.filter((pod) => facts.nodes.has(nodeOf(pod)))
  const now = context.clock.now()
  const waits = placed.map((pod) => availableIn(pod, set.spec.minReadySeconds ?? 0, now))
  const available = waits.filter((wait) => wait === 0).length
  const counts = {
    updatedNumberScheduled: placed.filter((pod) => !isOutdated(pod, facts.revision)).length,
    numberAvailable: available,
    numberUnavailable: facts.nodes.size - available,
  }
  updateStatusIfChanged(context.api, set, (copy) => {
    copy.status = {
      currentNumberScheduled: new Set(placed.map(nodeOf)).size,
      desiredNumberScheduled: facts.nodes.size,
      numberMisscheduled: pods.length - placed.length,
      numberReady: placed.filter(isReady).length,
      observedGeneration: set.metadata.generation,
      ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    }
  })
  const pending = waits.filter((wait) => wait !== undefined && wait > 0) as number[]
  return pending.length === 0 ? undefined : Math.min(...pending)
}
