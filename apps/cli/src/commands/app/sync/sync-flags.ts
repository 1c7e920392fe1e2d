import { choice, integer, items, text, texts, toggle } from '../../../flags/flag.ts'
import { outputFlag } from '../../../output/data.ts'
import { namespaceFlag } from '../application-name.ts'

/** Flags of `app sync`. */
export const syncFlags = {
  ...namespaceFlag,
  selector: text('applications with these labels', { short: 'l', placeholder: 'SELECTOR' }),
  project: items('applications of these projects', { placeholder: 'PROJECT,…' }),
  revision: text('deploys this revision instead', { placeholder: 'REVISION' }),
  revisions: items('revisions of several sources', { placeholder: 'REVISION,…' }),
  'source-positions': items('sources that --revisions are for, from 1', { placeholder: 'N,…' }),
  'dry-run': toggle('changes nothing'),
  prune: toggle('deletes what git no longer has'),
  force: toggle('replaces what cannot be changed'),
  replace: toggle('replaces instead of applying'),
  'server-side': toggle('applies on the server'),
  'apply-out-of-sync-only': toggle('leaves alone what is in sync'),
  strategy: choice('apply runs no hooks', { words: ['apply', 'hook'], initial: 'hook' }),
  resource: texts('only [!]GROUP:KIND:[NAMESPACE/]NAME (repeat)', { placeholder: 'RESOURCE' }),
  label: texts('only resources with this label in their manifest (repeat)', { placeholder: 'NAME=VALUE' }),
  info: texts('a note that stays with the operation (repeat)', { placeholder: 'NAME=VALUE' }),
  async: toggle('does not wait for the end'),
  timeout: integer('gives up waiting', { placeholder: 'SECONDS' }),
  'preview-changes': toggle('shows what would change and asks first'),
  assumeYes: toggle('asks nothing'),
  'retry-limit': integer('how often a failed sync is tried again'),
  'retry-refresh': toggle('a retry takes the newest revision'),
  'retry-backoff-duration': text('pause before the first', { initial: '5s', placeholder: 'DURATION' }),
  'retry-backoff-max-duration': text('longest pause', { initial: '3m', placeholder: 'DURATION' }),
  'retry-backoff-factor': integer('growth of the pause', { initial: 2 }),
  output: outputFlag(['wide', 'tree', 'tree=detailed'], 'wide'),
}
