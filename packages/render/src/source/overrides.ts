import { type FileTree, messageOf, resolveInTree } from '@driftless/foundation'
import { applyMergePatch, parseYaml } from '@driftless/kube-objects'
import { type ApplicationSource, applicationSource } from '@driftless/model'
import { RenderErrors } from '../errors.ts'
import { pathIn } from './app-path.ts'

/** Fields that say what is rendered rather than how; a file in the repository cannot change them. */
const fixedFields = ['repoURL', 'path', 'chart', 'targetRevision', 'ref', 'name', 'tagPrefix'] as const

/** Applies `.argocd-source.yaml` and then `.argocd-source-<instance name>.yaml` of the directory as JSON merge patches. */
export function applyOverrideFiles(
  source: ApplicationSource,
  place: { readonly tree: FileTree; readonly directory: string; readonly instanceName: string },
): ApplicationSource {
  let result = source
  for (const name of ['.argocd-source.yaml', `.argocd-source-${place.instanceName}.yaml`]) {
    if (name.includes('/')) continue
    const path = pathIn(place.directory, name)
    const content = place.tree.read(resolveInTree(place.tree, path))
    if (content === undefined) continue
    const patch = parseYaml(new TextDecoder().decode(content), { file: path })
    if (patch === null) continue
    result = merge(result, patch, path)
  }
  return result
}

function merge(source: ApplicationSource, patch: unknown, path: string): ApplicationSource {
  if (typeof patch !== 'object' || Array.isArray(patch))
    throw RenderErrors.OVERRIDE_INVALID({ path, reason: 'it must be a mapping' })
  const allowed = Object.fromEntries(
    Object.entries(patch ?? {}).filter(([field]) => !(fixedFields as readonly string[]).includes(field)),
  )
  const parsed = applicationSource.safeParse(applyMergePatch(source, allowed))
  if (parsed.success) return parsed.data
  const reason = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${messageOf(issue.message)}`).join('; ')
  throw RenderErrors.OVERRIDE_INVALID({ path, reason })
}
