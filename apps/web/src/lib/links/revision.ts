/** A commit as people read it; tags and versions stay whole. */
export function shortRevision(revision: string | undefined): string {
  if (revision === undefined) return ''
  return /^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(revision) ? revision.slice(0, 7) : revision
}
