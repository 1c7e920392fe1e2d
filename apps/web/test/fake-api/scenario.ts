import type { Application, ApplicationRow, Cluster, Repository } from '@driftless/model'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** An instant some seconds before now (RFC 3339). */
export function ago(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString()
}

interface Sketch {
  readonly name: string
  readonly namespace: string
  readonly cluster: string
  readonly project?: string
  readonly sync?: ApplicationRow['sync']
  readonly health?: ApplicationRow['health']
  readonly image: string
  readonly revision?: string
  readonly sha: string
  readonly commit: string
  readonly phase?: ApplicationRow['operationPhase']
  readonly kind?: ApplicationRow['operationKind']
  readonly done?: number
  readonly since?: number
  readonly auto?: boolean
  readonly message?: string
}

const sketches: readonly Sketch[] = [
  {
    name: 'checkout',
    namespace: 'shop',
    cluster: 'production-hz',
    sync: 'OutOfSync',
    health: 'Degraded',
    image: 'registry.example.com/shop/checkout:2.15.0',
    sha: 'b71e0aa',
    commit: 'checkout: put LEDGER_URL back, 2.15.1',
    phase: 'Failed',
    done: 6 * minute,
    since: 6 * minute,
    auto: true,
    message: '2 of 6 pods in CrashLoopBackOff',
  },
  {
    name: 'payments',
    namespace: 'shop',
    cluster: 'production-hz',
    sync: 'OutOfSync',
    image: 'shop/payments:4.2.1',
    sha: 'c07be44',
    commit: 'payments: raise gateway timeout to 8 s',
    phase: 'Succeeded',
    kind: 'rollback',
    done: 44 * minute,
    since: day,
  },
  {
    name: 'payments-staging',
    namespace: 'shop',
    cluster: 'staging',
    health: 'Progressing',
    image: 'shop/payments:4.3.0-rc.2',
    revision: 'release-4.3',
    sha: '5d1e0c2',
    commit: 'payments: raise gateway timeout to 8 s',
    phase: 'Running',
    done: 2,
    since: 2 * minute,
    auto: true,
  },
  {
    name: 'search-indexer',
    namespace: 'search',
    cluster: 'staging',
    project: 'search',
    sync: 'OutOfSync',
    health: 'Missing',
    image: 'search/indexer:1.14.2',
    sha: 'e4410fa',
    commit: 'search: split indexer from API',
    since: 9 * minute,
  },
  {
    name: 'edge-eu-west',
    namespace: 'edge',
    cluster: 'edge-04',
    project: 'platform',
    sync: 'Synced',
    health: 'Healthy',
    image: 'platform/edge:2.2.0',
    sha: '3c5588e',
    commit: 'edge: rotate certificates',
    phase: 'Succeeded',
    done: 2 * day,
    since: 26 * minute,
  },
  {
    name: 'fraud-scorer',
    namespace: 'risk',
    cluster: 'production-hz',
    project: 'risk',
    health: 'Suspended',
    image: 'risk/fraud-scorer:0.31.0',
    sha: '77ac3d1',
    commit: 'canary paused at 20 %, waits for approval',
    phase: 'Succeeded',
    done: 31 * minute,
    since: 31 * minute,
  },
  {
    name: 'notifications',
    namespace: 'platform',
    cluster: 'in-cluster',
    project: 'platform',
    sync: 'OutOfSync',
    image: 'platform/notify:1.3.7',
    sha: 'd90aa61',
    commit: 'notify: digest e-mails per project',
    phase: 'Succeeded',
    done: 7 * hour,
    since: 2 * day,
  },
  {
    name: 'echo-server',
    namespace: 'echo',
    cluster: 'in-cluster',
    image: 'demo/echo-server:1.9.3',
    revision: 'HEAD',
    sha: 'a81f0c4',
    commit: 'echo-server: answer HEAD requests',
    phase: 'Succeeded',
    done: 12 * minute,
    since: 13 * day,
    auto: true,
  },
  {
    name: 'web-storefront',
    namespace: 'shop',
    cluster: 'production-hz',
    image: 'shop/storefront:5.0.12',
    sha: '9f3c2a1',
    commit: 'storefront: preload fonts on product pages',
    phase: 'Succeeded',
    done: 4 * hour,
    since: 4 * hour,
    auto: true,
  },
  {
    name: 'ledger',
    namespace: 'ledger',
    cluster: 'production-hz',
    project: 'finance',
    image: 'finance/ledger:3.10.8',
    revision: 'v7.4.0',
    sha: '1b90c2d',
    commit: 'ledger: close the books at midnight UTC',
    phase: 'Succeeded',
    done: 7 * hour,
    since: 28 * day,
  },
  {
    name: 'inventory',
    namespace: 'shop',
    cluster: 'production-hz',
    image: 'shop/inventory:2.3.7',
    sha: '60d1b7a',
    commit: 'inventory: batch stock updates',
    phase: 'Succeeded',
    done: hour,
    since: 4 * day,
  },
  {
    name: 'catalog',
    namespace: 'shop',
    cluster: 'staging',
    image: 'shop/catalog:3.14.2',
    sha: 'b2e70f3',
    commit: 'catalog: facet counts from the index',
    phase: 'Succeeded',
    done: 3 * hour,
    since: 15 * hour,
  },
  {
    name: 'audit-sink',
    namespace: 'platform',
    cluster: 'in-cluster',
    project: 'platform',
    image: 'platform/audit-sink:2.7.1',
    sha: 'af504cc',
    commit: 'audit-sink: keep one year',
    phase: 'Succeeded',
    done: 3 * hour,
    since: 88 * day,
    auto: true,
  },
  {
    name: 'feature-flags',
    namespace: 'platform',
    cluster: 'production-hz',
    project: 'platform',
    image: 'platform/feature-flags:6.12.5',
    sha: '32f3556',
    commit: 'flags: expire after release',
    phase: 'Succeeded',
    done: 2 * day,
    since: 12 * day,
  },
  {
    name: 'media-resizer',
    namespace: 'shop',
    cluster: 'production-hz',
    health: 'Progressing',
    image: 'shop/media-resizer:5.1.1',
    sha: '177f202',
    commit: 'media: webp by default',
    phase: 'Running',
    done: 40,
    since: 40,
    auto: true,
  },
  {
    name: 'mailer',
    namespace: 'platform',
    cluster: 'in-cluster',
    project: 'platform',
    image: 'platform/mailer:4.17.0',
    sha: 'b6965df',
    commit: 'mailer: retry soft bounces',
    phase: 'Succeeded',
    done: 22 * hour,
    since: 31 * day,
  },
  {
    name: 'cert-issuer',
    namespace: 'platform',
    cluster: 'production-hz',
    project: 'platform',
    sync: 'OutOfSync',
    image: 'platform/cert-issuer:4.21.3',
    revision: 'release-4',
    sha: '7121d11',
    commit: 'issuer: shorter leases',
    phase: 'Error',
    done: 22 * hour,
    since: 36 * day,
  },
  {
    name: 'session-store',
    namespace: 'platform',
    cluster: 'production-hz',
    project: 'platform',
    image: 'platform/session-store:1.15.3',
    sha: 'd950a46',
    commit: 'sessions: eviction by idle time',
    phase: 'Succeeded',
    done: 12 * minute,
    since: 584 * day,
    auto: true,
  },
  {
    name: 'tax-rates',
    namespace: 'finance',
    cluster: 'production-hz',
    project: 'finance',
    image: 'finance/tax-rates:1.4.0',
    sha: 'd20a933',
    commit: 'tax: rates of 2027',
    phase: 'Succeeded',
    done: hour,
    since: 5 * day,
  },
  {
    name: 'reports',
    namespace: 'finance',
    cluster: 'staging',
    project: 'finance',
    sync: 'Unknown',
    health: 'Unknown',
    image: 'finance/reports:5.5.4',
    sha: '0f77c1e',
    commit: 'reports: monthly totals',
    since: 3 * hour,
  },
]

const servers: Readonly<Record<string, string>> = {
  'in-cluster': 'https://kubernetes.default.svc',
  'production-hz': 'https://10.4.0.10:6443',
  staging: 'https://10.5.0.10:6443',
  'edge-04': 'https://10.9.4.1:6443',
}

/** A full commit from its first letters. */
export function fullSha(short: string): string {
  return short.repeat(6).slice(0, 40)
}

/** The rows of the scenario; `version` is the same for all. */
export function createRows(): ApplicationRow[] {
  return sketches.map((sketch, index) => ({
    name: sketch.name,
    namespace: 'argocd',
    uid: `uid-${sketch.name}`,
    version: index + 1,
    project: sketch.project ?? 'shop',
    labels: {},
    createdAt: ago((400 - index * 17) * day),
    repoURL: `https://git.example.com/${sketch.project ?? 'shop'}/deploy.git`,
    path: sketch.name,
    targetRevision: sketch.revision ?? 'main',
    sourceCount: 1,
    destinationServer: servers[sketch.cluster] ?? '',
    destinationName: sketch.cluster,
    destinationNamespace: sketch.namespace,
    autoSync: sketch.auto ?? false,
    sync: sketch.sync ?? 'Synced',
    health: sketch.health ?? 'Healthy',
    healthMessage: sketch.message,
    healthSince: ago(sketch.since ?? day),
    revision: fullSha(sketch.sha),
    commitMessage: sketch.commit,
    commitAuthor: 'checkout-team',
    images: [sketch.image],
    conditionCount: sketch.name === 'cert-issuer' ? 1 : 0,
    operationPhase: sketch.phase,
    operationKind: sketch.phase === undefined ? undefined : (sketch.kind ?? 'sync'),
    operationStartedAt: sketch.done === undefined ? undefined : ago(sketch.done + 40),
    operationFinishedAt: sketch.done === undefined || sketch.phase === 'Running' ? undefined : ago(sketch.done),
    observedAt: ago(10 * minute),
    reconciledAt: ago(30),
    refreshing: false,
  }))
}

/** Many rows like those of the scenario, named by number. */
export function createManyRows(count: number): ApplicationRow[] {
  const models = createRows()
  return Array.from({ length: count }, (_, index) => {
    const name = `app-${String(index).padStart(5, '0')}`
    const model = models[index % models.length]
    if (model === undefined) throw new Error('the scenario has no rows')
    return { ...model, name, uid: `uid-${name}` }
  })
}

/** The clusters: two that answer, one that is silent, one that cannot be reached. */
export function createClusters(): Cluster[] {
  const heard: Readonly<Record<string, number>> = {
    'in-cluster': 1,
    'production-hz': 3,
    staging: 74,
    'edge-04': 26 * minute,
  }
  return Object.entries(servers).map(([name, server]) => ({
    server,
    name,
    connectionState:
      name === 'edge-04'
        ? { status: 'Failed', message: 'dial tcp 10.9.4.1:6443: i/o timeout', attemptedAt: ago(20) }
        : { status: 'Successful', message: '', attemptedAt: ago(heard[name] ?? 0) },
    info: {
      serverVersion: '1.36',
      applicationsCount: sketches.filter((sketch) => sketch.cluster === name).length,
      cacheInfo: { resourcesCount: 212, apisCount: 61, lastCacheSyncTime: ago(heard[name] ?? 0) },
    },
  }))
}

/** The repositories, one of which refuses. */
export function createRepositories(): Repository[] {
  return [
    {
      repo: 'https://git.example.com/shop/deploy.git',
      type: 'git',
      name: 'deploy',
      project: 'shop',
      hasCredentials: true,
      connectionState: { status: 'Successful', message: '', attemptedAt: ago(12) },
    },
    {
      repo: 'https://git.example.com/platform/deploy.git',
      type: 'git',
      name: 'platform',
      connectionState: { status: 'Successful', message: '', attemptedAt: ago(40) },
    },
    {
      repo: 'https://charts.example.com/stable',
      type: 'helm',
      name: 'charts',
      connectionState: { status: 'Successful', message: '', attemptedAt: ago(130) },
    },
    {
      repo: 'https://git.example.com/risk/models.git',
      type: 'git',
      name: 'risk',
      project: 'risk',
      connectionState: {
        status: 'Failed',
        message: 'authentication required: token expired on 18 Nov',
        attemptedAt: ago(75),
      },
    },
    {
      repo: 'https://git.example.com/edge/edge.git',
      type: 'git',
      name: 'edge',
      connectionState: { status: 'Unknown', message: '' },
    },
  ]
}

/** A whole application for a row. */
export function createApplication(row: ApplicationRow): Application {
  const source = { repoURL: row.repoURL, path: row.path ?? '', targetRevision: row.targetRevision }
  const revision = row.revision ?? ''
  const failed = row.operationPhase === 'Failed' || row.operationPhase === 'Error'
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: row.name,
      namespace: row.namespace,
      uid: row.uid,
      creationTimestamp: row.createdAt,
      labels: { tier: 'core' },
    },
    spec: {
      project: row.project,
      source,
      destination: { name: row.destinationName, namespace: row.destinationNamespace },
      syncPolicy: {
        ...(row.autoSync ? { automated: { prune: true, selfHeal: true } } : {}),
        syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'],
      },
    },
    status: {
      sync: { status: row.sync, revision },
      health: { status: row.health, message: row.healthMessage, lastTransitionTime: row.healthSince },
      observedAt: row.observedAt,
      reconciledAt: row.reconciledAt,
      sourceType: 'Kustomize',
      summary: { images: row.images, externalURLs: [`https://${row.name}.example.com/`, 'javascript:alert(1)'] },
      conditions:
        row.name === 'checkout'
          ? [
              {
                type: 'SyncError',
                message: 'wave 0: Deployment checkout-api did not become healthy in 5 min',
                lastTransitionTime: ago(360),
              },
              {
                type: 'OrphanedResourceWarning',
                message: 'Application has 2 orphaned resources: ConfigMap checkout-old, ConfigMap checkout-older',
                lastTransitionTime: ago(4000),
              },
            ]
          : [],
      history: [
        {
          id: 0,
          revision: fullSha('1c44fe9'),
          source,
          deployedAt: ago(9 * day),
          deployStartedAt: ago(9 * day + 52),
          initiatedBy: { username: 'admin' },
        },
        {
          id: 1,
          revision: fullSha('58e0d77'),
          source,
          deployedAt: ago(2 * day),
          deployStartedAt: ago(2 * day + 61),
          initiatedBy: { automated: true },
        },
        {
          id: 2,
          revision: fullSha('9f3c2a1'),
          source,
          deployedAt: ago(3 * hour),
          deployStartedAt: ago(3 * hour + 38),
          initiatedBy: { automated: true },
        },
      ],
      ...(row.operationPhase === undefined
        ? {}
        : {
            operationState: {
              operation: {
                sync: { revision, prune: true, ...(row.operationKind === 'rollback' ? { source } : {}) },
                initiatedBy: { automated: true },
              },
              phase: row.operationPhase,
              message: failed
                ? 'wave 0 is not healthy: Deployment checkout-api: 2 of 6 pods in CrashLoopBackOff'
                : 'successfully synced (all tasks run)',
              startedAt: row.operationStartedAt ?? ago(60),
              finishedAt: row.operationFinishedAt,
              retryCount: failed ? 3 : 0,
              syncResult: {
                revision,
                resources: [
                  {
                    group: '',
                    version: 'v1',
                    kind: 'ConfigMap',
                    namespace: 'shop',
                    name: 'checkout-env',
                    status: 'Synced',
                    message: 'configmap/checkout-env serverside-applied',
                    syncPhase: 'Sync',
                  },
                  {
                    group: 'apps',
                    version: 'v1',
                    kind: 'Deployment',
                    namespace: 'shop',
                    name: 'checkout-api',
                    status: failed ? 'SyncFailed' : 'Synced',
                    message: failed
                      ? 'did not become healthy in 5 min'
                      : 'deployment.apps/checkout-api serverside-applied',
                    syncPhase: 'Sync',
                  },
                  {
                    group: 'batch',
                    version: 'v1',
                    kind: 'Job',
                    namespace: 'shop',
                    name: 'checkout-migrate',
                    hookType: 'PreSync',
                    hookPhase: 'Succeeded',
                    message: 'completed',
                    syncPhase: 'PreSync',
                  },
                ],
              },
            },
          }),
      resources: resourceStatuses(row),
    },
  }
}

function resourceStatuses(row: ApplicationRow): NonNullable<NonNullable<Application['status']>['resources']> {
  const namespace = row.destinationNamespace
  const out = row.sync === 'OutOfSync' ? ('OutOfSync' as const) : ('Synced' as const)
  return [
    {
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      namespace,
      name: `${row.name}-api`,
      status: out,
      health: { status: row.health },
    },
    {
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      namespace,
      name: `${row.name}-worker`,
      status: 'Synced',
      health: { status: 'Healthy' },
    },
    { version: 'v1', kind: 'ConfigMap', namespace, name: `${row.name}-env`, status: out, syncWave: -1 },
    { version: 'v1', kind: 'Secret', namespace, name: `${row.name}-tls`, status: 'Synced' },
    {
      version: 'v1',
      kind: 'Service',
      namespace,
      name: `${row.name}-api`,
      status: 'Synced',
      health: { status: 'Healthy' },
    },
    {
      group: 'networking.k8s.io',
      version: 'v1',
      kind: 'Ingress',
      namespace,
      name: row.name,
      status: 'Synced',
      health: { status: 'Healthy' },
    },
    {
      version: 'v1',
      kind: 'ConfigMap',
      namespace,
      name: `${row.name}-warmup`,
      status: 'OutOfSync',
      requiresPruning: true,
    },
    {
      group: 'batch',
      version: 'v1',
      kind: 'Job',
      namespace,
      name: `${row.name}-migrate`,
      hook: true,
      health: { status: 'Healthy' },
    },
  ]
}
