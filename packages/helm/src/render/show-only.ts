import { compileFileMatch } from '../chart/file-match.ts'
import type { HelmVersion } from '../engine/helm-version.ts'
import { HelmErrors } from '../errors.ts'
import { type Manifest, splitManifests } from './split-manifests.ts'

/** The chosen manifests, and their text as Helm prints it. */
export interface Shown<T> {
  readonly manifests: readonly T[]
  readonly text: string
}

const sourceLine = /# Source: [^/]+\/(.+)/

/**
 * Keeps the manifests of the named templates, in the order of the names; `printed` is the text of all of them.
 * Throws `HELM_RENDER_FAILED` for a name without any.
 */
export function showOnly<T extends Manifest>(
  manifests: readonly T[],
  names: readonly string[],
  printed: { text: string; helm: HelmVersion },
): Shown<T> {
  const documents = splitManifests(printed.text, printed.helm)
  const chosen: T[] = []
  let text = ''
  for (const name of names) {
    const matches = compileFileMatch(name) ?? (() => false)
    const found = documents.filter((document) => matches(sourceLine.exec(document)?.[1] ?? ''))
    if (found.length === 0) throw HelmErrors.RENDER_FAILED({ message: `could not find template ${name} in chart` })
    text += found.map((document) => `---\n${document}\n`).join('')
    chosen.push(
      ...manifests.filter(({ source }) => source.includes('/') && matches(source.slice(source.indexOf('/') + 1))),
    )
  }
  return { manifests: chosen, text }
}
