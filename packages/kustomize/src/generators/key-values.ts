import { KustomizeErrors } from '../errors.ts'
import type { Loader } from '../load/loader.ts'

/** Where a generator takes its keys from. */
export interface KeyValueSources {
  readonly name: string
  readonly literals: readonly string[] | undefined
  readonly files: readonly string[] | undefined
  readonly envs: readonly string[] | undefined
}

/** Key and content of everything that a generator names: env files, then literals, then files. Repeated keys are errors. */
export function readKeyValues(sources: KeyValueSources, loader: Loader): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>()
  for (const [key, content] of contents(sources, loader)) {
    if (found.has(key)) throw failure(sources.name, `illegally repeats the key \`${key}\``)
    found.set(key, content)
  }
  return found
}

function* contents({ name, envs, literals, files }: KeyValueSources, loader: Loader): Generator<[string, Uint8Array]> {
  const encoder = new TextEncoder()
  for (const path of envs ?? []) {
    for (const [key, value] of parseEnvFile(decodeUtf8(loader.loadBytes(path), name)))
      yield [key, encoder.encode(value)]
  }
  for (const literal of literals ?? []) {
    const equals = literal.indexOf('=')
    if (equals <= 0) throw failure(name, `invalid literal source ${literal}, expected key=value`)
    yield [literal.slice(0, equals), encoder.encode(unquote(literal.slice(equals + 1)))]
  }
  for (const source of files ?? []) {
    const { key, path } = parseFileSource(source, name)
    yield [key, loader.loadBytes(path)]
  }
}

/** `path`, whose last part is the key, or `key=path`. */
function parseFileSource(source: string, name: string): { key: string; path: string } {
  const parts = source.split('=')
  if (parts.length === 1) return { key: source.replace(/\/+$/, '').split('/').pop() || source, path: source }
  const [key = '', path = ''] = parts
  if (parts.length > 2) throw failure(name, `source "${source}" key name or file path contains '='`)
  if (key === '') throw failure(name, `missing key name for file path "${path}" in source "${source}"`)
  if (path === '') throw failure(name, `missing file path for key name "${key}" in source "${source}"`)
  return { key, path }
}

/** The pairs of an env file: `KEY=value` lines; blank ones and those that start with `#` are skipped, a line without `=` is an empty value. */
export function parseEnvFile(text: string): [string, string][] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, '').replace(/^[\s\u0085]+/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line): [string, string] => {
      const equals = line.indexOf('=')
      return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)]
    })
    .filter(([key]) => key !== '')
}

function decodeUtf8(content: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch (cause) {
    throw KustomizeErrors.GENERATOR({ name, reason: 'an env file has invalid utf8 bytes' }, { cause })
  }
}

function unquote(text: string): string {
  const quote = text[0]
  const closed = text.length >= 2 && (quote === '"' || quote === "'") && text.endsWith(quote)
  return closed ? text.slice(1, -1) : text
}

function failure(name: string, reason: string): Error {
  return KustomizeErrors.GENERATOR({ name, reason })
}
