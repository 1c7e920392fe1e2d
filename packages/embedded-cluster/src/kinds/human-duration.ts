const minute = 60
const hour = 60 * minute
const day = 24 * hour
const year = 365 * day

/** A duration as `kubectl get` prints ages: the two largest units while the value is small, one unit later. */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000)
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 2 * minute) return `${seconds}s`
  if (seconds < 10 * minute) return twoUnits({ seconds, large: minute, largeName: 'm', small: 1, smallName: 's' })
  if (seconds < 3 * hour) return `${Math.trunc(seconds / minute)}m`
  if (seconds < 8 * hour) return twoUnits({ seconds, large: hour, largeName: 'h', small: minute, smallName: 'm' })
  if (seconds < 2 * day) return `${Math.trunc(seconds / hour)}h`
  if (seconds < 8 * day) return twoUnits({ seconds, large: day, largeName: 'd', small: hour, smallName: 'h' })
  if (seconds < 2 * year) return `${Math.trunc(seconds / day)}d`
  if (seconds < 8 * year) return twoUnits({ seconds, large: year, largeName: 'y', small: day, smallName: 'd' })
  return `${Math.trunc(seconds / year)}y`
}

/** The time since an RFC 3339 instant, `<unknown>` when there is none. */
export function ageOf(instant: unknown, now: Date): string {
  if (typeof instant !== 'string' || instant === '') return '<unknown>'
  return humanDuration(now.getTime() - new Date(instant).getTime())
}

function twoUnits(parts: {
  seconds: number
  large: number
  largeName: string
  small: number
  smallName: string
}): string {
  const whole = Math.trunc(parts.seconds / parts.large)
  const rest = Math.trunc((parts.seconds % parts.large) / parts.small)
  return rest === 0 ? `${whole}${parts.largeName}` : `${whole}${parts.largeName}${rest}${parts.smallName}`
}
