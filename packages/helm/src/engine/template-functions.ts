import {
  addTemplates,
  FunctionError,
  fn,
  fromPlain,
  type GoValue,
  ParseFailure,
  quoteGo,
  type Runtime,
  type TemplateFunction,
  withRun,
} from '@driftless/go-template'
import type { HelmHost } from './host.ts'

/** Marks that let an error message of the chart's author stand alone. */
export const authorMarks = { start: 'HELM_ERR_START', end: 'HELM_ERR_END' } as const

const maxIncludes = 1000
const hostOf = (run: Runtime) => run.options.host as HelmHost
const withoutNoValue = (text: string) => (text.includes('<no value>') ? text.replaceAll('<no value>', '') : text)

function include(run: Runtime, name: string, data: GoValue): string {
  const { included } = hostOf(run)
  const count = included.get(name) ?? 0
  if (count > maxIncludes)
    throw new FunctionError(`rendering template has a nested reference name: ${name}: unable to execute template`)
  const template = run.templates.get(name)
  if (template === undefined)
    throw new FunctionError(`template: no template ${quoteGo(name)} associated with template "gotpl"`)
  included.set(name, count + 1)
  const text = run.execute(template, data ?? undefined)
  included.set(name, count)
  return text
}

function renderText(run: Runtime, text: string, data: GoValue): string {
  if (!text.includes('{{')) return withoutNoValue(text)
  const { cache, functions } = hostOf(run)
  const parsed = parseText(() => cache.templates('gotpl', text, functions), text)
  const outer = run.templates
  const [main] = parsed
  if (main === undefined) return ''
  if (parsed.length > 1) {
    const own = new Map(outer)
    addTemplates(own, parsed.slice(1))
    run.templates = own
  }
  try {
    return withoutNoValue(run.execute(main, data ?? undefined))
  } catch (thrown) {
    if (!(thrown instanceof FunctionError)) throw thrown
    throw new FunctionError(`error during tpl function execution for ${quoteGo(text)}: ${thrown.message}`, {
      cause: thrown,
    })
  } finally {
    run.templates = outer
  }
}

function parseText<T>(parse: () => T, text: string): T {
  try {
    return parse()
  } catch (thrown) {
    if (!(thrown instanceof ParseFailure)) throw thrown
    throw new FunctionError(`cannot parse template ${quoteGo(text)}: ${thrown.message}`)
  }
}

const authorError = (message: string) => new FunctionError(authorMarks.start + message + authorMarks.end)

function required(run: Runtime, message: string, value: GoValue): GoValue {
  if (value !== null && value !== undefined && value !== '') return value
  if (hostOf(run).lint) return ''
  throw authorError(message)
}

/** Helm's functions that work on templates, values and the cluster. */
export const templateFunctions: Readonly<Record<string, TemplateFunction>> = {
  include: withRun(['string', 'any'], include),
  tpl: withRun(['string', 'any'], renderText),
  required: withRun(['string', 'any'], required),
  fail: withRun(['string'], (run, message) => {
    if (hostOf(run).lint) return ''
    throw authorError(message)
  }),
  lookup: withRun(['string', 'string', 'string', 'string'], (run, apiVersion, kind, namespace, name) => {
    const found = hostOf(run).lookup?.(apiVersion, kind, namespace, name)
    return found === undefined || found === null ? {} : fromPlain(found)
  }),
  getHostByName: fn(['string'], () => ''),
}
