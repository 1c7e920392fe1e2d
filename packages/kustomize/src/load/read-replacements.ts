import { parseYamlDocuments } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import type { Replacement } from '../replacements/replacement.ts'
import { isMap } from '../values/scalar.ts'
import { replacement, type replacementEntry } from './kustomization.ts'
import type { Loader } from './loader.ts'
import type { Read } from './shape.ts'

/** Reads entries of `replacements`; those of files are one replacement or a list. Throws `KUSTOMIZE_REPLACEMENT`. */
export function readReplacements(entries: readonly Read<typeof replacementEntry>[], loader: Loader): Replacement[] {
  return entries.flatMap(({ path, ...own }) => {
    if (!path) return [own]
    if (own.source !== undefined || (own.targets ?? []).length > 0) {
      throw KustomizeErrors.REPLACEMENT({ reason: 'cannot specify both path and inline replacement' })
    }
    const [document] = parseYamlDocuments(loader.load(path), { file: path })
    const at = { path: 'Replacement', strict: false }
    if (Array.isArray(document)) return document.map((item) => replacement.read(item, at))
    if (isMap(document)) return [replacement.read(document, at)]
    throw KustomizeErrors.REPLACEMENT({
      reason: `unsupported replacement type encountered within replacement path: ${path}`,
    })
  })
}
