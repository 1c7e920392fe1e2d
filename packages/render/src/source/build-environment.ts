import type { SourceJob } from './job.ts'

/** The variables that a source may use in its options, and a note of which were used. */
export interface BuildEnvironment {
  /** Replaces `$NAME` and `${NAME}`; `$$` is a dollar sign, unknown names are empty. */
  substitute(text: string): string
  /** Whether a variable that tells the commit was used. */
  usesRevision(): boolean
}

/** Builds the environment of an application's source (spec: objects §1.2, build env). */
export function createBuildEnvironment(job: Pick<SourceJob, 'application' | 'source' | 'sha'>): BuildEnvironment {
  const variables = new Map<string, string>([
    ['ARGOCD_APP_NAME', job.application.instanceName],
    ['ARGOCD_APP_NAMESPACE', job.application.namespace],
    ['ARGOCD_APP_PROJECT_NAME', job.application.project],
    ['ARGOCD_APP_REVISION', job.sha],
    ['ARGOCD_APP_REVISION_SHORT', job.sha.slice(0, 7)],
    ['ARGOCD_APP_REVISION_SHORT_8', job.sha.slice(0, 8)],
    ['ARGOCD_APP_SOURCE_REPO_URL', job.source.repoURL],
    ['ARGOCD_APP_SOURCE_PATH', job.source.path ?? ''],
    ['ARGOCD_APP_SOURCE_TARGET_REVISION', job.source.targetRevision ?? ''],
  ])
  let revisionUsed = false
  const value = (name: string): string => {
    if (name === '$') return '$'
    if (name.startsWith('ARGOCD_APP_REVISION')) revisionUsed = true
    return variables.get(name) ?? ''
  }
  return {
    usesRevision: () => revisionUsed,
    // The forms of Go's os.Expand: ${name}, $name, and one special character; a broken ${ is dropped.
    substitute: (text) =>
      text.replace(
        /\$(?:\{([^}]*)\}|(\{)|([A-Za-z_][A-Za-z0-9_]*)|([*#$@!?0-9-]))/g,
        (_match, braced, _broken, name, special) => value(braced ?? name ?? special ?? ''),
      ),
  }
}
