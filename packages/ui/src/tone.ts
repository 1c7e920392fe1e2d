import type { IconName } from './icon-paths.ts'

/** What a colour says; colour is status and nothing else, `accent` is where you are. */
export type Tone =
  | 'synced'
  | 'outofsync'
  | 'unknown'
  | 'healthy'
  | 'progressing'
  | 'degraded'
  | 'suspended'
  | 'missing'
  | 'hold'
  | 'stale'
  | 'accent'

/** Good states whisper: their word stays neutral. */
export const calmTones: ReadonlySet<Tone> = new Set(['synced', 'healthy'])

/** The class that gives an element the four colours of a tone. */
export const toneClass: Readonly<Record<Tone, string>> = {
  synced: 'tone-synced',
  outofsync: 'tone-outofsync',
  unknown: 'tone-unknown',
  healthy: 'tone-healthy',
  progressing: 'tone-progressing',
  degraded: 'tone-degraded',
  suspended: 'tone-suspended',
  missing: 'tone-missing',
  hold: 'tone-hold',
  stale: 'tone-stale',
  accent: 'tone-accent',
}

/** The icon of each tone, for status words that do not bring their own. */
export const toneIcon: Readonly<Record<Tone, IconName>> = {
  synced: 'synced',
  outofsync: 'outofsync',
  unknown: 'unknown',
  healthy: 'healthy',
  progressing: 'progressing',
  degraded: 'degraded',
  suspended: 'suspended',
  missing: 'missing',
  hold: 'hold',
  stale: 'stale',
  accent: 'info',
}
