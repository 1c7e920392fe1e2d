import type { FlagValues } from '../../../flags/flag.ts'
import type { SpecFlags } from './spec-flags.ts'

/** What the flags of a command line say about a spec. */
export interface SpecChange {
  readonly flags: FlagValues<SpecFlags>
  /** Names of the flags that were given; all others leave the spec as it is. */
  readonly given: ReadonlySet<string>
}

type Values = FlagValues<SpecFlags>

/** The flags that were given, as fields of an object: `fields` names the flag of each field. */
export function givenFields<M extends Readonly<Record<string, keyof Values & string>>>(
  { flags, given }: SpecChange,
  fields: M,
): { [K in keyof M]?: Values[M[K]] } {
  const result: { [K in keyof M]?: Values[M[K]] } = {}
  for (const field of Object.keys(fields) as (keyof M)[]) {
    const name = fields[field]
    if (name !== undefined && given.has(name)) result[field] = flags[name]
  }
  return result
}

/** Whether any of these flags was given. */
export function anyGiven({ given }: SpecChange, names: readonly (keyof SpecFlags)[]): boolean {
  return names.some((name) => given.has(name))
}
