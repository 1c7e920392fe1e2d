import { TemplateErrors, toTemplateError } from './errors.ts'
import { addTemplates, type CompiledTemplate, compileText } from './execute/compiled-template.ts'
import { asLimitError, type MissingKey, Runtime, type TemplateLimits } from './execute/runtime.ts'
import { quoteGo } from './format/quote.ts'
import { appsetFunctions, goFunctions, sprigFunctions } from './functions/engines.ts'
import type { FunctionTable } from './functions/signature.ts'
import { fromPlain, type NumberMode } from './value/plain.ts'

/** Which functions a template may call. Helm's own table comes from `@driftless/helm` as {@link CompileOptions.functions}. */
export type Engine = 'go' | 'sprig' | 'appset'

/** How a template is read. */
export interface CompileOptions {
  /** Name used in messages; `template` unless told. */
  readonly name?: string
  /** `go` unless told. */
  readonly engine?: Engine
  /** A function table of the caller instead of an engine's. */
  readonly functions?: FunctionTable
  /** Further templates by name, for `{{ template }}`. */
  readonly templates?: Readonly<Record<string, string>>
  readonly delimiters?: readonly [left: string, right: string]
  readonly missingKey?: MissingKey
}

/** What one rendering gets from outside. */
export interface RenderOptions {
  /** Whole numbers in the data are Go `float64` unless `int` is asked for. */
  readonly numbers?: NumberMode
  /** Needed by templates that ask for the time. */
  readonly now?: () => Date
  /** Needed by templates that ask for random text. */
  readonly randomBytes?: (count: number) => Uint8Array
  readonly limits?: Partial<TemplateLimits>
  readonly host?: unknown
}

/** A compiled template. */
export interface Template {
  /** Renders with JSON-like data; throws `TEMPLATE_EXECUTE` with Go's message or `LIMIT_EXCEEDED`. */
  render(data: unknown, options?: RenderOptions): string
}

const tables: Readonly<Record<Engine, FunctionTable>> = {
  go: goFunctions,
  sprig: sprigFunctions,
  appset: appsetFunctions,
}

/** Compiles a Go text/template once, to be rendered many times. Throws `TEMPLATE_PARSE` with Go's message. */
export function compile(text: string, options: CompileOptions = {}): Template {
  const name = options.name ?? 'template'
  const functions = options.functions ?? tables[options.engine ?? 'go']
  const set = new Map<string, CompiledTemplate>()
  const reading = { functions, ...(options.delimiters && { delimiters: options.delimiters }) }
  for (const [key, source] of Object.entries(options.templates ?? {}))
    addTemplates(
      set,
      guarded(() => compileText(key, source, reading)),
    )
  addTemplates(
    set,
    guarded(() => compileText(name, text, reading)),
  )
  const main = set.get(name)
  if (main === undefined)
    throw TemplateErrors.EXECUTE({ message: `template: ${name}: ${quoteGo(name)} is an incomplete or empty template` })
  return {
    render(data, render = {}) {
      const runtime = new Runtime({
        templates: set,
        missingKey: options.missingKey ?? 'default',
        now: render.now ?? absent('now'),
        randomBytes: render.randomBytes ?? absent('randomBytes'),
        ...(render.limits && { limits: render.limits }),
        host: render.host,
      })
      return guarded(() => runtime.execute(main, fromPlain(data, render.numbers) ?? undefined))
    },
  }
}

function absent(what: string): () => never {
  return () => {
    throw TemplateErrors.EXECUTE({ message: `this template asks for ${what}, which its caller does not provide` })
  }
}

/** Runs engine code; its failures become catalogue errors. */
function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    throw toTemplateError(asLimitError(thrown))
  }
}
