import type { Translate } from '../i18n/translate.ts'

const steps = [
  { key: 'time.s', seconds: 1, below: 120 },
  { key: 'time.min', seconds: 60, below: 120 * 60 },
  { key: 'time.h', seconds: 3600, below: 48 * 3600 },
  { key: 'time.d', seconds: 86_400, below: 86_400 * 500 },
  { key: 'time.y', seconds: 86_400 * 365, below: Number.POSITIVE_INFINITY },
] as const

/** Words a length of time by its largest sensible unit. */
export function durationText(t: Translate, seconds: number): string {
  const whole = Math.max(0, seconds)
  const step = steps.find((candidate) => whole < candidate.below) ?? steps[0]
  const n = step.key === 'time.y' ? Math.round((whole / step.seconds) * 10) / 10 : Math.floor(whole / step.seconds)
  return t(step.key, { n })
}

/** Words a length of time with seconds, for what was measured: "1 min 10 s". */
export function preciseDurationText(t: Translate, seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return t('time.s', { n: whole })
  if (whole >= 3600) return durationText(t, whole)
  const rest = whole % 60
  const minutes = t('time.min', { n: Math.floor(whole / 60) })
  return rest === 0 ? minutes : `${minutes} ${t('time.s', { n: rest })}`
}

/** Words how long ago something was; under five seconds it is now. */
export function agoText(t: Translate, iso: string, now: number): string {
  const seconds = secondsSince(iso, now)
  return seconds < 5 ? t('time.now') : t('time.ago', { age: durationText(t, seconds) })
}

/** Seconds from an RFC 3339 instant to `now` (ms since the epoch); 0 for the future and for what cannot be read. */
export function secondsSince(iso: string, now: number): number {
  const then = Date.parse(iso)
  return Number.isNaN(then) ? 0 : Math.max(0, (now - then) / 1000)
}

/** The absolute time, by locale and with its zone. */
export function absoluteTime(iso: string, language: string): string {
  const then = Date.parse(iso)
  if (Number.isNaN(then)) return iso
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(then)
}
