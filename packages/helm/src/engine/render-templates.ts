import {
  addTemplates,
  asLimitError,
  type CompiledTemplate,
  type MissingKey,
  namedMap,
  Runtime,
  type TemplateLimits,
} from '@driftless/go-template'
import type { ChartCache } from '../chart-cache.ts'
import type { ScopedTemplate } from './chart-scope.ts'
import { valuesType } from './chart-scope.ts'
import { helmFunctions } from './functions.ts'
import type { HelmHost, Lookup } from './host.ts'
import { toRenderError } from './render-error.ts'

/** What a render of templates needs. */
export interface TemplateRenderOptions {
  readonly cache: ChartCache
  readonly lookup?: Lookup
  readonly now: () => Date
  readonly randomBytes: (count: number) => Uint8Array
  readonly limits?: Partial<TemplateLimits>
  /** A missing key is an error. */
  readonly strict?: boolean
  /** Failing functions only warn. */
  readonly lint?: boolean
}

/** Renders all templates that are no partials; file name → text, in the order they ran. Throws `HELM_RENDER_FAILED`. */
export function renderTemplates(
  scoped: readonly ScopedTemplate[],
  options: TemplateRenderOptions,
): Map<string, string> {
  const ordered = [...scoped].sort((a, b) => compareNames(a.name, b.name))
  const set = new Map<string, CompiledTemplate>()
  for (const { name, file } of ordered) addTemplates(set, parse(name, options.cache.text(file.content), options.cache))
  const runtime = createRuntime(set, options)
  const rendered = new Map<string, string>()
  for (const { name, scope } of ordered) {
    if (isPartial(name)) continue
    scope.context.Template = namedMap({ Name: name, BasePath: scope.basePath }, valuesType)
    rendered.set(name, run(runtime, set.get(name), { name, context: scope.context }))
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

function parse(name: string, text: string, cache: ChartCache): CompiledTemplate[] {
  try {
    return cache.templates(name, text, helmFunctions)
  } catch (thrown) {
    throw toRenderError(thrown, name)
  }
}

function createRuntime(templates: ReadonlyMap<string, CompiledTemplate>, options: TemplateRenderOptions): Runtime {
  const missingKey: MissingKey = options.strict === true ? 'error' : 'zero'
  const host: HelmHost = {
    cache: options.cache,
    functions: helmFunctions,
    lookup: options.lookup,
    lint: options.lint === true,
    included: new Map(),
  }
  const { now, randomBytes, limits } = options
  return new Runtime({ templates, missingKey, now, randomBytes, host, ...(limits && { limits }) })
}

function run(
  runtime: Runtime,
  template: CompiledTemplate | undefined,
  place: { name: string; context: Parameters<Runtime['execute']>[1] },
): string {
  if (template === undefined) return ''
  try {
    const text = runtime.execute(template, place.context)
    return text.includes('<no value>') ? text.replaceAll('<no value>', '') : text
  } catch (thrown) {
    throw toRenderError(asLimitError(thrown), place.name)
  }
}
