import { readTextFrom } from '../../../files/read-text.ts'
import type { Io } from '../../../io.ts'

/** The flags with the text of the file that `--values-literal-file` names in its place. */
export async function literalValues<F extends { readonly 'values-literal-file': string }>(
  flags: F,
  io: Io,
): Promise<F> {
  const path = flags['values-literal-file']
  return path === '' ? flags : { ...flags, 'values-literal-file': await readTextFrom(path, io) }
}
