import { type ApplicationSpec, type RevisionHistory, sourcesOf } from '@driftless/model'

/** True when a deployment came from the one source that the application has now, whatever the revision. */
export function isSameSource(
  spec: Pick<ApplicationSpec, 'source' | 'sources'>,
  deployment: RevisionHistory | undefined,
): boolean {
  const now = sourcesOf(spec)
  const then = deployment?.source
  if (now.length !== 1 || then === undefined) return false
  const withoutRevision = ({ targetRevision: _, ...source }: NonNullable<typeof then>) =>
    JSON.stringify(Object.entries(source).sort())
  const only = now[0]
  return only !== undefined && withoutRevision(only) === withoutRevision(then)
}
