import { printYaml } from '@driftless/kube-objects'
import { choice } from '../flags/flag.ts'

/** An object, or a bare array of them, as JSON or YAML. */
export function formatData(data: unknown, format: 'json' | 'yaml'): string {
  return format === 'json' ? `${JSON.stringify(data, null, 2)}\n` : printYaml(data)
}

/** The `-o` flag of a command, with the words that it knows besides `json` and `yaml`. */
export function outputFlag<const T extends string>(words: readonly T[], initial: T | 'json' | 'yaml') {
  return choice('form of the output', { short: 'o', words: [...words, 'json', 'yaml'], initial })
}
