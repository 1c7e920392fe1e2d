import type { Manifest } from './split-manifests.ts'

/** A document with its source comment, as Helm prints it. */
export function printManifest({ source, text }: Manifest): string {
  return `---\n# Source: ${source}\n${text}\n`
}

/** What `helm template` prints: manifests, then hooks. */
export function printRelease(manifests: readonly Manifest[], hooks: readonly Manifest[]): string {
  return `${trimSpace(manifests.map(printManifest).join(''))}\n${hooks.map(printManifest).join('')}`
}

/** Without white space, which to Go includes U+0085, at both ends. */
function trimSpace(text: string): string {
  let trimmed = text.trim()
  while (trimmed.startsWith('\u0085') || trimmed.endsWith('\u0085'))
    trimmed = trimmed.replace(/^\u0085|\u0085$/g, '').trim()
  return trimmed
}
