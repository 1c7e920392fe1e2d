import type { NewApplication, ObservedState } from '@driftless/applications'

/** An application to create, with a source and a destination. */
export function exampleApplication(name: string, spec: Partial<NewApplication['spec']> = {}): NewApplication {
  return {
    namespace: 'argocd',
    name,
    metadata: { labels: { team: 'web' } },
    spec: {
      project: 'default',
      source: { repoURL: 'https://git.example.com/team/web.git', path: 'deploy', targetRevision: 'main' },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'web' },
      ...spec,
    },
  }
}

/** What the loop could have observed of it. */
export function exampleState(change: Partial<ObservedState> = {}): ObservedState {
  return {
    sync: 'OutOfSync',
    revisions: ['0123456789abcdef0123456789abcdef01234567'],
    comparedTo: { source: { repoURL: 'https://git.example.com/team/web.git' }, destination: { namespace: 'web' } },
    health: 'Healthy',
    healthMessage: undefined,
    healthSince: '2026-01-05T10:00:00.000Z',
    resources: [
      {
        group: 'apps',
        version: 'v1',
        kind: 'Deployment',
        namespace: 'web',
        name: 'web',
        status: 'OutOfSync',
        health: { status: 'Healthy' },
      },
      {
        version: 'v1',
        kind: 'Service',
        namespace: 'web',
        name: 'web',
        status: 'Synced',
        health: { status: 'Healthy' },
      },
    ],
    conditions: [],
    sourceTypes: ['Helm'],
    images: ['registry.example.com/web:1.0'],
    externalUrls: ['https://web.example.com/'],
    reconciledAt: '2026-01-05T10:00:00.123Z',
    observedAt: '2026-01-05T10:00:00.456Z',
    commitMessage: 'Deploy web 1.0',
    commitAuthor: 'Ada <ada@example.com>',
    ...change,
  }
}
