import { DriftlessError, messageOf } from '@driftless/foundation'
import { scalarText } from '../chart/scalar-text.ts'
import type { HelmVersion } from '../engine/helm-version.ts'
import { HelmErrors } from '../errors.ts'
import { readYaml } from '../read-yaml.ts'
import { kindComparer } from './kind-order.ts'

/** One document of a rendered template. */
export interface Manifest {
  /** `chart/templates/x.yaml`. */
  readonly source: string
  /** As the template wrote it, without leading white space. */
  readonly text: string
  /** The parsed document; `undefined` when it holds comments alone. */
  readonly object?: unknown
}

/** A document that Helm runs as a hook. */
export interface Hook extends Manifest {
  /** `pre-install`, `test`, … */
  readonly events: readonly string[]
}

/** Documents of all templates, hooks apart, both in install order. */
export interface SortedManifests {
  readonly manifests: readonly Manifest[]
  readonly hooks: readonly Hook[]
}

const hookEvents: Readonly<Record<string, string>> = {
  'pre-install': 'pre-install',
  'post-install': 'post-install',
  'pre-delete': 'pre-delete',
  'post-delete': 'post-delete',
  'pre-upgrade': 'pre-upgrade',
  'post-upgrade': 'post-upgrade',
  'pre-rollback': 'pre-rollback',
  'post-rollback': 'post-rollback',
  test: 'test',
  'test-success': 'test',
}

const leadingSpace = /^[\s\u0085]+/

const separators: Readonly<Record<HelmVersion, RegExp>> = { '3': /(?:^|\s*\n)---\s*/, '4': /^---[ \t]*/m }

/** Splits a text at its `---` lines; documents of white space alone are dropped. Helm 3 also trims the end of each. */
export function splitManifests(text: string, helm: HelmVersion): string[] {
  return text
    .replace(leadingSpace, '')
    .split(separators[helm])
    .map((document) => (helm === '3' ? document.trimEnd() : document).replace(leadingSpace, ''))
    .filter((document) => document !== '')
}

/** Splits rendered files, takes hooks out and sorts by kind. Throws `HELM_MANIFEST_INVALID` for text that is no YAML. */
export function sortManifests(rendered: ReadonlyMap<string, string>, helm: HelmVersion): SortedManifests {
  const manifests: Ranked<Manifest>[] = []
  const hooks: Ranked<Hook>[] = []
  for (const source of [...rendered.keys()].sort(compareBytes)) {
    for (const text of splitManifests(rendered.get(source) as string, helm))
      classify({ source, text }, { manifests, hooks, helm })
  }
  const compare = kindComparer(helm)
  const byKind = (a: Ranked<Manifest>, b: Ranked<Manifest>) => compare(a.kind, b.kind)
  return {
    manifests: manifests.sort(byKind).map(({ item }) => item),
    hooks: hooks.sort(byKind).map(({ item }) => item),
  }
}

const compareBytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

interface Ranked<T> {
  readonly kind: string
  readonly item: T
}

function classify(
  raw: { source: string; text: string },
  into: { manifests: Ranked<Manifest>[]; hooks: Ranked<Hook>[]; helm: HelmVersion },
): void {
  const object = parseDocument(raw)
  const manifest: Manifest = object === null || object === undefined ? raw : { ...raw, object }
  const head = readHead(object, { source: raw.source, helm: into.helm })
  const hook = head.annotations?.['helm.sh/hook']
  if (hook === undefined) {
    into.manifests.push({ kind: head.kind, item: manifest })
    return
  }
  const events = hook.split(',').map((event) => hookEvents[event.trim().toLowerCase()])
  // A hook of an unknown event is left out altogether.
  if (events.every((event) => event !== undefined))
    into.hooks.push({ kind: head.kind, item: { ...manifest, events: events as string[] } })
}

function parseDocument({ source, text }: { source: string; text: string }): unknown {
  try {
    return readYaml(text)
  } catch (cause) {
    const place =
      cause instanceof DriftlessError && cause.place !== undefined ? { ...cause.place, file: source } : { file: source }
    throw HelmErrors.MANIFEST_INVALID(
      { message: `YAML parse error on ${source}: ${messageOf(cause)}` },
      { cause, place },
    )
  }
}

interface Head {
  readonly kind: string
  readonly annotations: Readonly<Record<string, string>> | undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads what Helm reads of a document; numbers and booleans count as their text. */
function readHead(object: unknown, { source, helm }: { source: string; helm: HelmVersion }): Head {
  if (object === null || object === undefined) return { kind: '', annotations: undefined }
  if (!isObject(object))
    throw mismatch(object, { source, target: `value of type ${helm === '3' ? 'releaseutil' : 'util'}.SimpleHead` })
  const text = (value: unknown, field: string) => {
    const found = value === undefined || value === null ? '' : scalarText(value)
    if (found !== undefined) return found
    throw mismatch(value, { source, target: `struct field ${field} of type string` })
  }
  text(object.apiVersion, 'SimpleHead.apiVersion')
  const metadata = isObject(object.metadata) ? object.metadata : {}
  const annotations = isObject(metadata.annotations) ? Object.entries(metadata.annotations) : undefined
  return {
    kind: text(object.kind, 'SimpleHead.kind'),
    annotations:
      annotations && Object.fromEntries(annotations.map(([key, value]) => [key, text(value, '.metadata.annotations')])),
  }
}

function mismatch(value: unknown, place: { source: string; target: string }): DriftlessError {
  const { source, target } = place
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  const reason = `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${found} into Go ${target}`
  return HelmErrors.MANIFEST_INVALID(
    { message: `YAML parse error on ${source}: ${reason}` },
    { place: { file: source } },
  )
}
