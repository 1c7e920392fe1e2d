/** A moment as Go prints it in UTC: `2026-01-31 14:05:09 +0000 UTC`. */
export function formatMoment(text: string | undefined): string {
  const moment = text === undefined ? Number.NaN : Date.parse(text)
  if (Number.isNaN(moment)) return ''
  return `${new Date(moment).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`
}

/** Whole seconds between two moments, as `1m5s`; up to now when the second is absent. */
export function formatDuration(from: string, to: string | undefined): string {
  const end = to === undefined ? Date.now() : Date.parse(to)
  const seconds = Math.max(0, Math.round((end - Date.parse(from)) / 1000))
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${hours > 0 ? `${hours}h` : ''}${seconds >= 60 ? `${minutes}m` : ''}${rest}s`
}
