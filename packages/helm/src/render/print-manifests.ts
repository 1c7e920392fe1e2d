import type { Manifest } from './split-manifests.ts'

/** A document with its source comment, as Helm prints it. */
export function printManifest({ source, text }: Manifest): string {
  return `---\n# Source: ${source}\n${text}\n`
}

/** What `helm template` prints: manifests, then hooks. */
export function printRelease(manifests: readonly Manifest[], hooks: readonly Manifest[]): string {
  return `${trimSpace(manifests.map(printManifest).join(''))}\n${hooks.map(printManifest).join('')}`
}

function trimSpace(text: string): string {
  return text.replace(/^[\s\u0085]+/, '').replace(/[\s\u0085]+$/, '')
}
