/** A number, or a share of `total` such as `25%`, rounded up or down. */
export function intOrPercent(value: number | string | undefined, total: number, rounding: 'up' | 'down'): number {
  if (typeof value === 'number') return value
  if (value === undefined || !value.endsWith('%')) return 0
  const share = (Number(value.slice(0, -1)) * total) / 100
  return rounding === 'up' ? Math.ceil(share) : Math.floor(share)
}
