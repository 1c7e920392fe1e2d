import { join } from 'node:path'
import type { Env } from './env.ts'
import { passwordFile } from './roles/admin.ts'
import type { Running } from './start.ts'

/** What a start prints: where to go, how to log in, how to use kubectl. */
export function welcome(
  running: Pick<Running, 'url' | 'password' | 'kubeconfigs'>,
  env: Pick<Env, 'dataDirectory'>,
): string {
  const [cluster] = running.kubeconfigs
  const lines = [
    '',
    `  Driftless is ready   ${running.url}`,
    '  user                 admin',
    running.password === undefined
      ? '  password             the one you set'
      : `  password             ${running.password}   (also in ${passwordFile(env.dataDirectory)} until it is changed)`,
    ...(cluster === undefined ? [] : [`  kubectl              kubectl --kubeconfig ${cluster.path} get pods -A`]),
    ...(running.kubeconfigs.length > 1
      ? [
          `  more clusters        ${join(env.dataDirectory, 'clusters')}/<name>.kubeconfig for ${running.kubeconfigs.map(({ name }) => name).join(', ')}`,
        ]
      : []),
    '',
    '  Ctrl-C stops everything; the next start finds all data again.',
    '',
  ]
  return `${lines.join('\n')}\n`
}
