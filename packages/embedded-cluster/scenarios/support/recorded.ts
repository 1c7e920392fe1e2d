const chosenByServer = new Set(['uid', 'resourceVersion', 'creationTimestamp', 'time'])

/**
 * The part of an answer that recordings keep: without what a server chooses (uids, versions, times), and with `SET`
 * wherever the recording says that some value stands.
 */
export function comparable(actual: unknown, recorded: unknown): unknown {
  if (recorded === 'SET') return actual === undefined || actual === '' ? actual : 'SET'
  if (Array.isArray(actual)) {
    const items = Array.isArray(recorded) ? recorded : []
    return actual.map((item, index) => comparable(item, items[index]))
  }
  if (typeof actual !== 'object' || actual === null) return actual
  const fields = typeof recorded === 'object' && recorded !== null ? (recorded as Record<string, unknown>) : {}
  const kept = Object.entries(actual).filter(([key, value]) => !(chosenByServer.has(key) && typeof value === 'string'))
  return Object.fromEntries(kept.map(([key, value]) => [key, comparable(value, fields[key])]))
}
