import {
  addTemplates,
  asLimitError,
  type CompiledTemplate,
  type GoMap,
  type MissingKey,
  namedMap,
  Runtime,
  type TemplateLimits,
} from '@driftless/go-template'
import type { ChartCache } from '../chart-cache.ts'
import { helmFunctions } from './functions.ts'
import type { HelmVersion } from './helm-version.ts'
import { createHost, type Lookup } from './host.ts'
import { toRenderError } from './render-error.ts'
import { valuesTypes } from './values-type.ts'

/** What a render of templates needs. */
export interface TemplateRenderOptions {
  readonly cache: ChartCache
  readonly helm: HelmVersion
  readonly lookup?: Lookup
  readonly now: () => Date
  readonly randomBytes: (count: number) => Uint8Array
  readonly limits?: Partial<TemplateLimits>
  /** A missing key is an error. */
  readonly strict?: boolean
  /** Failing functions only warn. */
  readonly lint?: boolean
}

/** A template text with the scope it runs in. */
export interface TemplateSource {
  /** `parent/charts/child/templates/x.yaml`. */
  readonly name: string
  readonly text: string
  readonly basePath: string
  /** What the template sees as `.`; gets `.Template` before each run. */
  readonly context: GoMap
}

/** Renders all templates that are no partials; file name → text, in the order they ran. Throws `HELM_RENDER_FAILED`. */
export function renderTemplates(
  sources: readonly TemplateSource[],
  options: TemplateRenderOptions,
): Map<string, string> {
  const ordered = [...sources].sort((a, b) => compareNames(a.name, b.name))
  const set = new Map<string, CompiledTemplate>()
  for (const source of ordered) addTemplates(set, parse(source, options))
  const runtime = createRuntime(set, options)
  const rendered = new Map<string, string>()
  for (const { name, basePath, context } of ordered) {
    if (isPartial(name)) continue
    context.Template = namedMap({ Name: name, BasePath: basePath }, valuesTypes[options.helm])
    rendered.set(name, run(runtime, set.get(name), { name, context, helm: options.helm }))
  }
  return rendered
}

/** Deeper paths first, then later names first, so that a parent's definitions win. */
function compareNames(a: string, b: string): number {
  const depth = b.split('/').length - a.split('/').length
  if (depth !== 0) return depth
  return a < b ? 1 : a > b ? -1 : 0
}

const isPartial = (name: string) => name.slice(name.lastIndexOf('/') + 1).startsWith('_')

function parse({ name, text }: TemplateSource, { cache, helm }: TemplateRenderOptions): CompiledTemplate[] {
  try {
    return cache.templates(name, text, helmFunctions[helm])
  } catch (thrown) {
    throw toRenderError(thrown, name, helm)
  }
}

function createRuntime(templates: ReadonlyMap<string, CompiledTemplate>, options: TemplateRenderOptions): Runtime {
  const missingKey: MissingKey = options.strict === true ? 'error' : 'zero'
  const { now, randomBytes, limits, cache, helm, lookup, lint = false } = options
  const host = createHost({ cache, helm, lint, ...(lookup && { lookup }) })
  return new Runtime({ templates, missingKey, now, randomBytes, host, ...(limits && { limits }) })
}

function run(
  runtime: Runtime,
  template: CompiledTemplate | undefined,
  place: { name: string; context: GoMap; helm: HelmVersion },
): string {
  if (template === undefined) return ''
  try {
    const text = runtime.execute(template, place.context)
    return text.includes('<no value>') ? text.replaceAll('<no value>', '') : text
  } catch (thrown) {
    throw toRenderError(asLimitError(thrown), place.name, place.helm)
  }
}
