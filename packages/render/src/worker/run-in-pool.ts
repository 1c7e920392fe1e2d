import type { LoadableTree } from '@driftless/git'
import { RenderErrors } from '../errors.ts'
import { findAppDirectory } from '../source/app-path.ts'
import type { SourceJob } from '../source/job.ts'
import type { WorkerPool } from './pool.ts'
import { createTreeScope, type TreeScope } from './tree-scope.ts'
import { ownTree, type WorkerAnswer, type WorkerRequest } from './wire.ts'

const mostRounds = 100

/** A task of a worker with the whole trees it may ask for. */
export interface PoolTask {
  readonly task: WorkerRequest['task']
  readonly job: SourceJob
  readonly trees: ReadonlyMap<string, LoadableTree>
}

/** Works in a thread, giving it more of the trees as long as it misses something. */
export async function runInPool(
  pool: WorkerPool,
  { task, job, trees }: PoolTask,
): Promise<Exclude<WorkerAnswer, { kind: 'missing' }>> {
  const directory = findAppDirectory(treeOf(trees, ownTree).tree, job.source.path ?? '')
  const scopes = new Map([...trees].map(([name, loadable]) => [name, createTreeScope(loadable)]))
  await scopes.get(ownTree)?.add(directory)
  const missed = new Map<string, string[]>([[ownTree, [directory === '' ? '' : `${directory}/`]]])
  for (let round = 1; round <= mostRounds; round += 1) {
    const parts = new Map([...scopes].map(([name, scope]) => [name, scope.part]))
    const answer = await pool.run({ task, job, trees: parts })
    if (answer.kind !== 'missing') return answer
    const paths = [...(missed.get(answer.tree) ?? []), answer.path]
    missed.set(answer.tree, paths)
    await widen(scopes.get(answer.tree), paths, round)
  }
  throw RenderErrors.TOO_SCATTERED({ path: job.source.path || '.', rounds: mostRounds })
}

/** Adds what was missed last, and after three misses everything around all of them. */
async function widen(scope: TreeScope | undefined, paths: readonly string[], round: number): Promise<void> {
  if (scope === undefined) return
  if (round > 3) await scope.addAround(paths)
  await scope.add(paths.at(-1) ?? '')
}

/** The tree of that name. */
export function treeOf(trees: ReadonlyMap<string, LoadableTree>, name: string): LoadableTree {
  const tree = trees.get(name)
  if (tree === undefined) throw RenderErrors.CRASHED({ path: name, reason: 'a tree is missing' })
  return tree
}
