import { FileNotLoaded } from '@driftless/foundation'
import { parseYamlDocuments } from '@driftless/kube-objects'
import { KustomizeErrors } from '../errors.ts'
import { readResources } from '../resources/read-resources.ts'
import type { Resource } from '../resources/resource.ts'
import { type JsonOperation, readJsonPatch } from '../transformers/json-patch.ts'
import { patchJson, patchNamed, patchNamedTexts, patchSelected, type SchemaSource } from '../transformers/patches.ts'
import type { Transformer } from '../transformers/transformer.ts'
import type { PatchEntry, PatchTarget } from './kustomization.ts'
import type { Loader } from './loader.ts'

/** Reads an entry of `patches`. Throws `KUSTOMIZE_PATCH`. */
export function configurePatch(entry: PatchEntry, loader: Loader, schema: SchemaSource): Transformer {
  const inline = (entry.patch ?? '').trim()
  const file = entry.path || 'kustomization'
  const fail = (reason: string) => KustomizeErrors.PATCH({ file, reason }, { place: { file } })
  if (inline === '' && !entry.path) throw fail('must specify one of patch and path')
  if (inline !== '' && entry.path) throw fail("patch and path can't be set at the same time")
  const text = inline || loader.load(entry.path as string)
  const named = attempt(() => readResources(text, file))
  const operations = attempt(() => readOperations(text))
  if (named === undefined && operations === undefined)
    throw fail(`unable to parse SM or JSON patch from ${describe(entry)}`)
  const { target } = entry
  if (named === undefined)
    return configureJson(operations ?? [], target, fail(`must specify a target for JSON patch ${describe(entry)}`))
  const options = entry.options ?? {}
  if (target === undefined || named.length === 0) return patchNamed(named, options, schema)
  if (named.length > 1) {
    throw fail(
      'Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set `patches.target` field: ' +
        describe(entry),
    )
  }
  return patchSelected(named[0] as Resource, selectorOf(target), { options, schema })
}

function configureJson(
  operations: readonly JsonOperation[],
  target: PatchTarget | undefined,
  missing: Error,
): Transformer {
  if (target === undefined) {
    return () => {
      throw missing
    }
  }
  return patchJson(operations, selectorOf(target), true)
}

/** Reads an entry of `patchesJson6902`. Throws `KUSTOMIZE_PATCH`. */
export function configureJson6902(
  {
    target,
    path,
    operations: text,
  }: { target: PatchTarget | undefined; path: string | undefined; operations: string | undefined },
  loader: Loader,
): Transformer {
  const file = path || 'kustomization'
  const fail = (reason: string) => KustomizeErrors.PATCH({ file, reason }, { place: { file } })
  if (!target?.name) throw fail('must specify the target name')
  if (!path && !text) throw fail('empty file path and empty jsonOp')
  if (path && text) throw fail('must specify a file path or jsonOp, not both')
  const content = text || loader.load(path as string)
  const operations = attempt(() => readOperations(content))
  if (operations === undefined) throw fail('it is no list of operations')
  if (operations.length === 0) throw fail('patch appears to be empty')
  return patchJson(operations, selectorOf(target), false)
}

/** Reads `patchesStrategicMerge`: each entry is a patch itself, or the path of one. */
export function configureStrategic(
  entries: readonly string[],
  loader: Loader,
  { schema, text }: { schema: SchemaSource; text: string },
): Transformer {
  const patches = entries.flatMap(
    (entry) => attempt(() => readResources(entry, 'kustomization')) ?? readResources(loader.load(entry), entry),
  )
  if (text !== '') patches.push(...readResources(text, 'kustomization'))
  if (patches.length === 0) {
    throw KustomizeErrors.PATCH({ file: entries.join(', '), reason: 'patch appears to be empty' })
  }
  return patchNamedTexts(patches, {}, schema)
}

function readOperations(text: string): JsonOperation[] | undefined {
  const [document] = parseYamlDocuments(text)
  return readJsonPatch(document)
}

/** Undefined when reading fails for what the text is. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof FileNotLoaded) throw error
    return undefined
  }
}

function selectorOf(target: PatchTarget): Record<string, string> {
  return Object.fromEntries(Object.entries(target).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function describe({ path, patch }: PatchEntry): string {
  return path ? `[path: "${path}"]` : `[patch: ${JSON.stringify((patch ?? '').trim())}]`
}
