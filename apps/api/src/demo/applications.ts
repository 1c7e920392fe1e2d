import type { Application, ApplicationSource } from '@driftless/model'

interface DemoApplication {
  readonly name: string
  readonly source: Omit<ApplicationSource, 'repoURL' | 'targetRevision'>
  /** The cluster it is meant for; the first one there is when that does not run. */
  readonly cluster: string
  readonly automated: boolean
  readonly team: string
  /** Deploys the repository's first commit once, so that the second is a change to look at. */
  readonly deployFirstCommit?: boolean
}

const demoApplications: readonly DemoApplication[] = [
  { name: 'guestbook', source: { path: 'guestbook' }, cluster: 'in-cluster', automated: true, team: 'web' },
  {
    name: 'shop-staging',
    source: { path: 'shop/overlays/staging' },
    cluster: 'staging',
    automated: true,
    team: 'shop',
  },
  {
    name: 'shop-production',
    source: { path: 'shop/overlays/production' },
    cluster: 'production',
    automated: false,
    team: 'shop',
    deployFirstCommit: true,
  },
  { name: 'payments', source: { path: 'payments' }, cluster: 'staging', automated: true, team: 'payments' },
  { name: 'toolbox', source: { path: 'toolbox' }, cluster: 'in-cluster', automated: false, team: 'platform' },
]

/** The demo's applications over a repository, for the clusters that run. */
export function createDemoApplications(
  repoURL: string,
  clusters: readonly string[],
): { application: Application; deployFirstCommit: boolean }[] {
  const [fallback] = clusters
  if (fallback === undefined) return []
  return demoApplications.map((demo) => ({
    application: {
      metadata: { name: demo.name, labels: { team: demo.team, demo: 'true' } },
      spec: {
        project: 'default',
        source: { repoURL, targetRevision: 'main', ...demo.source },
        destination: { name: clusters.includes(demo.cluster) ? demo.cluster : fallback, namespace: demo.name },
        syncPolicy: {
          syncOptions: ['CreateNamespace=true'],
          ...(demo.automated ? { automated: { prune: true, selfHeal: true } } : {}),
        },
      },
    },
    deployFirstCommit: demo.deployFirstCommit === true,
  }))
}
