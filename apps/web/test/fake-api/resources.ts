import type { OutputOf, Routes } from '@driftless/contract'
import type { ApplicationRow, ApplicationTree, Plan, ResourceDiff, ResourceNode } from '@driftless/model'
import { ago } from './scenario.ts'

type Health = NonNullable<NonNullable<ResourceNode['health']>['status']>

/** The tree of an application: a red replica set beside a green one, many pods, and what stands around them. */
export function createTree(row: ApplicationRow): ApplicationTree {
  const namespace = row.destinationNamespace
  const nodes: ResourceNode[] = []
  const add = (group: string, kind: string, name: string, more: Partial<ResourceNode> = {}): ResourceNode => {
    const node: ResourceNode = {
      group,
      version: 'v1',
      kind,
      namespace,
      name,
      uid: `uid-${kind}-${name}`,
      createdAt: ago(2 * 86_400),
      ...more,
    }
    nodes.push(node)
    return node
  }
  const under = (node: ResourceNode) => ({
    parentRefs: [{ group: node.group, kind: node.kind, namespace: node.namespace, name: node.name, uid: node.uid }],
  })
  const pods = (owner: ResourceNode, count: number, health: Health) => {
    for (let index = 0; index < count; index += 1) {
      const bad = health === 'Degraded'
      add('', 'Pod', `${owner.name}-${(index * 7919 + 4242).toString(36).padStart(5, 'x')}`, {
        ...under(owner),
        health: { status: health, message: bad ? 'back-off 2m40s restarting failed container=api' : '' },
        images: row.images,
        info: [
          { name: 'Containers', value: bad ? '0/1' : '1/1' },
          { name: 'Status Reason', value: bad ? 'CrashLoopBackOff' : 'Running' },
          ...(bad ? [{ name: 'Restart Count', value: '7' }] : []),
          { name: 'Node', value: `node-hz-0${index % 3}` },
        ],
        createdAt: ago(bad ? 480 : 172_800),
      })
    }
  }
  const bad = row.health === 'Degraded'
  const api = add('apps', 'Deployment', `${row.name}-api`, {
    health: { status: row.health, message: row.healthMessage },
    info: [{ name: 'Revision', value: 'Rev:42' }],
  })
  const current = add('apps', 'ReplicaSet', `${row.name}-api-6c9f7d84b`, {
    ...under(api),
    health: { status: bad ? 'Degraded' : 'Healthy' },
    info: [{ name: 'Revision', value: 'Rev:42' }],
    createdAt: ago(480),
  })
  pods(current, 2, bad ? 'Degraded' : 'Healthy')
  const old = add('apps', 'ReplicaSet', `${row.name}-api-58bdc4f99`, {
    ...under(api),
    health: { status: 'Healthy' },
    info: [{ name: 'Revision', value: 'Rev:41' }],
  })
  if (bad) pods(old, 4, 'Healthy')
  const worker = add('apps', 'Deployment', `${row.name}-worker`, { health: { status: 'Healthy' } })
  pods(
    add('apps', 'ReplicaSet', `${row.name}-worker-7d59c5b8`, {
      ...under(worker),
      health: { status: 'Healthy' },
      info: [{ name: 'Revision', value: 'Rev:18' }],
    }),
    18,
    'Healthy',
  )
  add('', 'ConfigMap', `${row.name}-env`)
  add('', 'ConfigMap', `${row.name}-warmup`)
  add('', 'Secret', `${row.name}-tls`)
  const service = add('', 'Service', `${row.name}-api`, { health: { status: 'Healthy' } })
  add('discovery.k8s.io', 'EndpointSlice', `${row.name}-api-8fkq2`, under(service))
  add('networking.k8s.io', 'Ingress', row.name, {
    health: { status: 'Healthy' },
    networkingInfo: { externalURLs: [`https://${row.name}.example.com/`] },
  })
  const job = add('batch', 'Job', `${row.name}-migrate`, { health: { status: 'Healthy' } })
  add('', 'Pod', `${row.name}-migrate-9wk2f`, {
    ...under(job),
    health: { status: 'Healthy' },
    info: [
      { name: 'Containers', value: '0/1' },
      { name: 'Status Reason', value: 'Completed' },
    ],
  })
  return { nodes }
}

/** A tree of many deployments, each with a replica set and a few pods. */
export function createLargeTree(row: ApplicationRow, objects: number): ApplicationTree {
  const nodes: ResourceNode[] = []
  const namespace = row.destinationNamespace
  for (let index = 0; nodes.length < objects; index += 1) {
    const deployment = {
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      namespace,
      name: `part-${index}`,
      uid: `d-${index}`,
    }
    const replicaSet = { ...deployment, kind: 'ReplicaSet', name: `part-${index}-7d59c5b8`, uid: `r-${index}` }
    const health = { status: index === 17 ? ('Degraded' as const) : ('Healthy' as const) }
    nodes.push({ ...deployment, health }, { ...replicaSet, health, parentRefs: [deployment] })
    for (let pod = 0; pod < 4; pod += 1) {
      const name = `${replicaSet.name}-${pod}`
      nodes.push({
        group: '',
        version: 'v1',
        kind: 'Pod',
        namespace,
        name,
        uid: `p-${index}-${pod}`,
        health,
        parentRefs: [replicaSet],
      })
    }
  }
  return { nodes }
}

function deployment(
  row: ApplicationRow,
  part: { replicas: number; image: string; memory: string; live?: boolean },
): Record<string, unknown> {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: `${row.name}-api`,
      namespace: row.destinationNamespace,
      labels: { app: row.name, 'app.kubernetes.io/part-of': row.project },
      ...(part.live === true
        ? { uid: `uid-Deployment-${row.name}-api`, resourceVersion: '40122', managedFields: [{ manager: 'driftless' }] }
        : {}),
    },
    spec: {
      replicas: part.replicas,
      revisionHistoryLimit: 10,
      selector: { matchLabels: { app: row.name } },
      template: {
        metadata: { labels: { app: row.name } },
        spec: {
          containers: [
            {
              name: 'api',
              image: part.image,
              envFrom: [{ configMapRef: { name: `${row.name}-env` } }],
              ...(part.live === true ? {} : { env: [{ name: 'TAX_SOURCE', value: 'ledger' }] }),
              ports: [{ containerPort: 8080, name: 'http', protocol: 'TCP' }],
              readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 5 },
              resources: { limits: { memory: part.memory }, requests: { cpu: '250m', memory: '256Mi' } },
            },
            {
              name: 'proxy',
              image: 'registry.example.com/platform/proxy:1.8.2',
              args: ['--listen=:9000', '--upstream=:8080'],
            },
          ],
          serviceAccountName: row.name,
          terminationGracePeriodSeconds: 30,
        },
      },
    },
    ...(part.live === true ? { status: { replicas: 6, readyReplicas: 4 } } : {}),
  }
}

/** Desired and live states: a changed deployment, a new config map, one to prune, one that is the same. */
export function createManaged(row: ApplicationRow): ResourceDiff[] {
  const namespace = row.destinationNamespace
  const live = deployment(row, { replicas: 6, image: `${row.images[0]}`, memory: '1Gi', live: true })
  const desired = deployment(row, { replicas: 4, image: `${row.images[0]?.replace(/\d+$/, '1')}`, memory: '768Mi' })
  const { status: _, ...normalized } = live
  const map = (name: string, data: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace },
    data,
  })
  const differs = row.sync === 'OutOfSync'
  const item = (
    kind: string,
    name: string,
    states: { live?: unknown; target?: unknown; normalized?: unknown },
    more: Partial<ResourceDiff> = {},
  ): ResourceDiff => ({
    group: kind === 'Deployment' ? 'apps' : '',
    kind,
    namespace,
    name,
    liveState: JSON.stringify(states.live ?? null),
    targetState: JSON.stringify(states.target ?? null),
    normalizedLiveState: JSON.stringify(states.normalized ?? states.live ?? null),
    predictedLiveState: JSON.stringify(states.target ?? states.live ?? null),
    modified: false,
    ...more,
  })
  const env = map(`${row.name}-env`, { LOG_LEVEL: 'info', LEDGER_URL: 'https://ledger.example.com' })
  const warmup = map(`${row.name}-warmup`, { paths: '/\n/cart\n/pay\n' })
  return [
    item(
      'Deployment',
      `${row.name}-api`,
      differs ? { live, target: desired, normalized } : { live, target: normalized, normalized },
      {
        modified: differs,
        differences: differs
          ? [
              { path: 'spec.replicas', live: 6, desired: 4, manager: 'kubectl-scale' },
              {
                path: 'spec.template.spec.containers[0].image',
                live: row.images[0],
                desired: row.images[0]?.replace(/\d+$/, '1'),
                manager: 'driftless',
              },
              { path: 'spec.template.spec.containers[0].env', desired: [{ name: 'TAX_SOURCE', value: 'ledger' }] },
              {
                path: 'spec.template.spec.containers[0].resources.limits.memory',
                live: '1Gi',
                desired: '768Mi',
                manager: 'kubectl-edit',
              },
            ]
          : [],
      },
    ),
    ...(differs
      ? [
          item(
            'ConfigMap',
            `${row.name}-flags`,
            { target: map(`${row.name}-flags`, { newCheckout: 'true' }) },
            { modified: true },
          ),
        ]
      : []),
    item(
      'ConfigMap',
      `${row.name}-env`,
      { live: differs ? map(`${row.name}-env`, { LOG_LEVEL: 'info' }) : env, target: env },
      {
        modified: differs,
        differences: differs
          ? [{ path: 'data.LEDGER_URL', desired: 'https://ledger.example.com', manager: 'driftless' }]
          : [],
      },
    ),
    item('ConfigMap', `${row.name}-warmup`, { live: warmup }, { modified: true }),
    item('Secret', `${row.name}-tls`, {
      live: {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: `${row.name}-tls`, namespace },
        data: { 'tls.key': '++++++++' },
      },
      target: {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: `${row.name}-tls`, namespace },
        data: { 'tls.key': '++++++++' },
      },
    }),
  ]
}

/** The plan of a sync. */
export function createPlan(
  row: ApplicationRow,
  request: { prune?: boolean | undefined; revision?: string | undefined },
): Plan {
  const namespace = row.destinationNamespace
  const task = (
    action: Plan['waves'][number]['tasks'][number]['action'],
    kind: string,
    name: string,
    more: Partial<Plan['waves'][number]['tasks'][number]> = {},
  ) => ({ action, group: kind === 'Deployment' ? 'apps' : '', version: 'v1', kind, namespace, name, ...more })
  const differs = row.sync === 'OutOfSync'
  const waves: Plan['waves'] = differs
    ? [
        {
          phase: 'PreSync',
          wave: 0,
          tasks: [
            task('hook', 'Job', `${row.name}-migrate`, { hookType: 'PreSync', message: 'deleted before creation' }),
          ],
        },
        {
          phase: 'Sync',
          wave: -1,
          tasks: [
            task('update', 'ConfigMap', `${row.name}-env`, { message: 'LEDGER_URL' }),
            task('create', 'ConfigMap', `${row.name}-flags`),
          ],
        },
        {
          phase: 'Sync',
          wave: 0,
          tasks: [
            task('update', 'Deployment', `${row.name}-api`, { message: 'image, replicas 6 → 4', restartsPods: true }),
            task('unchanged', 'Service', `${row.name}-api`),
            task(request.prune === true ? 'prune' : 'prune-skipped', 'ConfigMap', `${row.name}-warmup`, {
              message: 'not in git',
            }),
          ],
        },
        { phase: 'PostSync', wave: 0, tasks: [task('hook', 'Job', `${row.name}-smoke`, { hookType: 'PostSync' })] },
      ]
    : [
        {
          phase: 'Sync',
          wave: 0,
          tasks: [task('unchanged', 'Deployment', `${row.name}-api`), task('unchanged', 'Service', `${row.name}-api`)],
        },
      ]
  const counts = { create: 0, update: 0, replace: 0, prune: 0, 'prune-skipped': 0, hook: 0, unchanged: 0 }
  for (const each of waves.flatMap((wave) => wave.tasks)) counts[each.action] += 1
  return { revision: request.revision ?? row.revision, waves, problems: [], counts }
}

/** Events of any object. */
export function createEvents(name: string): OutputOf<Routes['listEvents']> {
  const event = (reason: string, message: string, more: { type?: string; count?: number; last: number }) => ({
    metadata: { name: `${name}.${reason}`, uid: `${name}-${reason}`, creationTimestamp: ago(more.last + 600) },
    involvedObject: { kind: 'Pod', name },
    type: more.type ?? 'Normal',
    reason,
    message,
    count: more.count ?? 1,
    lastTimestamp: ago(more.last),
  })
  return {
    items: [
      event('BackOff', 'Back-off restarting failed container api', { type: 'Warning', count: 31, last: 12 }),
      event('Pulled', 'Container image already present on machine', { count: 8, last: 130 }),
      event('Scheduled', `Successfully assigned shop/${name} to node-hz-07`, { last: 480 }),
    ],
  }
}

const logLines = [
  '{"level":"info","msg":"order accepted","order":"A-88213","total":48.90,"ms":41}',
  'level=info msg="tax lookup" region=DE-BY source=ledger ms=12',
  'level=warn msg="tax lookup slow" region=FR-75 source=ledger ms=812',
  'INFO starting checkout 2.15.0 pid=1',
  '\u001b[31mFATAL\u001b[0m config: LEDGER_URL is not set exit=1',
  'level=error msg="gateway refused the charge" order=A-88217 code=card_declined ms=640',
]

/** One line of a log, numbered so that it can go on for ever. */
export function createLogLine(index: number): OutputOf<Routes['getLogs']> {
  return {
    content: logLines[index % logLines.length] ?? '',
    timeStampStr: ago(Math.max(0, 40 - index)),
    podName: `checkout-api-6c9f7d84b-${['x2kqp', 'm8wzt', '4hj7d'][index % 3]}`,
  }
}
