/** Fields whose scalar is written in quotes or as a block; a patch keeps that form, so `"1"` patched with 2 stays a string. */
const quoted = new WeakMap<object, Set<string>>()

/** Notes that a field's scalar is quoted. */
export function markQuoted(holder: object, field: string): void {
  const fields = quoted.get(holder)
  if (fields === undefined) quoted.set(holder, new Set([field]))
  else fields.add(field)
}

/** Forgets the form of a field that is gone. */
export function unmarkQuoted(holder: object, field: string): void {
  quoted.get(holder)?.delete(field)
}

/** True when a field's scalar is quoted. */
export function isQuoted(holder: object, field: string): boolean {
  return quoted.get(holder)?.has(field) === true
}

/** Gives a copy the forms of its original. */
export function copyQuoted(from: object, to: object): void {
  const fields = quoted.get(from)
  if (fields !== undefined) quoted.set(to, new Set(fields))
}
