import { tools } from '../tools/table.ts'
import { findAppDirectory } from './app-path.ts'
import { createBuildEnvironment } from './build-environment.ts'
import { chooseTool } from './detect.ts'
import type { SourceJob, SourceResult, SourceTrees } from './job.ts'
import { applyOverrideFiles } from './overrides.ts'

/**
 * Renders a source from files that lie in memory: overrides, choice of the tool, the tool. Reads nothing else.
 * `FileNotLoaded` passes through it: load what it names and call again.
 */
export async function runSource(job: SourceJob, trees: SourceTrees): Promise<SourceResult> {
  const directory = findAppDirectory(trees.own, job.source.path ?? '')
  const source = applyOverrideFiles(job.source, {
    tree: trees.own,
    directory,
    instanceName: job.application.instanceName,
  })
  const type = chooseTool(source, { tree: trees.own, directory, disabled: job.settings.disabled })
  const environment = createBuildEnvironment(job)
  const render = await tools[type]()
  const { objects, commands } = render({ job, source, directory, trees, environment })
  return { type, objects, commands, usesRevision: environment.usesRevision() }
}
