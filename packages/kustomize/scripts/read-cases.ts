import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A case: files by path, and the directory of the kustomization that is built. */
export interface Case {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly target: string
  /** Arguments of `kustomize build`. */
  readonly flags: readonly string[]
}

/** Where cases and what the reference tool made of them lie. */
export const testdata = join(import.meta.dirname, '../testdata')

/**
 * Reads all cases: text files whose lines `-- path --` start a file. What stands before the first one is about the case;
 * `flags:` there are arguments. The directory `main` is built where there is one, else the root.
 */
export function readCases(): Case[] {
  const directory = join(testdata, 'cases')
  return readdirSync(directory)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) => splitCases(name.replace(/\.txt$/, ''), readFileSync(join(directory, name), 'utf8')))
}

/** One file may hold several cases, each after a line `== name ==`. */
function splitCases(file: string, text: string): Case[] {
  const parts = text.split(/^== (.+) ==\n/m)
  if (parts.length === 1) return [readCase(file, text)]
  const cases: Case[] = []
  for (let at = 1; at < parts.length; at += 2) cases.push(readCase(`${file}-${parts[at]}`, parts[at + 1] ?? ''))
  return cases
}

function readCase(name: string, text: string): Case {
  const parts = text.split(/^-- (.+) --\n/m)
  const files: Record<string, string> = {}
  for (let at = 1; at < parts.length; at += 2) files[parts[at] as string] = parts[at + 1] ?? ''
  const flags = /^flags: (.*)$/m.exec(parts[0] ?? '')?.[1]?.split(' ') ?? []
  const target = Object.keys(files).some((path) => path.startsWith('main/')) ? 'main' : ''
  return { name, files, target, flags }
}
