import { type FileTree, FileTreeErrors, joinPath, resolveInTree } from '@driftless/foundation'
import { JsonnetErrors } from './errors.ts'
import { asFailure, describeFailure } from './evaluate/failure.ts'
import { compileSource, Importer } from './evaluate/importer.ts'
import { type JsonnetLimits, Machine, type Named } from './evaluate/machine.ts'
import { isFunction, type Lazy, Thunk, type Value } from './evaluate/value.ts'
import { type JsonValue, toJson } from './manifest/json-value.ts'
import { outputLayout, printJson } from './manifest/text.ts'
import { Source, StaticFailure } from './syntax/source.ts'

/** A program: a file of a tree, or a text (`<cmdline>` in messages) that may import from a tree. */
export type JsonnetProgram =
  | { readonly tree: FileTree; readonly file: string }
  | { readonly snippet: string; readonly fileName?: string; readonly tree?: FileTree }

/** What a program is given from outside. */
export interface JsonnetOptions {
  /** External variables that are strings. */
  readonly extVars?: Readonly<Record<string, string>>
  /** External variables that are code. */
  readonly extCode?: Readonly<Record<string, string>>
  /** Top-level arguments that are strings. */
  readonly tlas?: Readonly<Record<string, string>>
  /** Top-level arguments that are code. */
  readonly tlaCode?: Readonly<Record<string, string>>
  /** Library directories of the tree; the last one is searched first. */
  readonly jpath?: readonly string[]
  readonly limits?: Partial<JsonnetLimits>
}

/** What a program evaluates to. */
export interface JsonnetResult {
  readonly value: JsonValue
  /** What the `jsonnet` command prints, with the newline at the end. */
  readonly manifest: string
  /** Texts of `std.trace`. */
  readonly traces: readonly string[]
}

/** Limits that hold where a caller names none. */
export const defaultLimits: JsonnetLimits = { maxStack: 500, maxSteps: 50_000_000, maxOutput: 100_000_000 }

/**
 * Evaluates a program as `jsonnet` does. Throws `JSONNET_STATIC` and `JSONNET_RUNTIME` with the tool's message,
 * `JSONNET_LIMIT`, and the errors of the tree; `FileNotLoaded` passes untouched.
 */
export function evaluateJsonnet(program: JsonnetProgram, options: JsonnetOptions = {}): JsonnetResult {
  const machine = new Machine({ ...defaultLimits, ...options.limits })
  try {
    return run(machine, program, options)
  } catch (thrown) {
    throw finalError(thrown)
  }
}

function run(machine: Machine, program: JsonnetProgram, options: JsonnetOptions): JsonnetResult {
  const importer = new Importer(machine, program.tree, options.jpath ?? [])
  machine.importer = (how, path, from) => importer.import(how, path, from)
  for (const [name, value] of Object.entries(options.extVars ?? {})) machine.external.set(name, value)
  for (const [name, code] of Object.entries(options.extCode ?? {})) {
    machine.external.set(name, promise(machine, `<extvar:${name}>`, code))
  }
  const main = mainProgram(machine, importer, program)
  const evaluated = machine.located(() => main(), 'During evaluation')
  const value = isFunction(evaluated)
    ? machine.located(() => machine.call(evaluated, [], topArguments(machine, options)), 'Top-level function call')
    : evaluated
  return machine.located(() => {
    const manifest = `${printJson(machine, value, outputLayout)}\n`
    return { value: toJson(machine, value), manifest, traces: machine.traces }
  }, 'During manifestation')
}

function mainProgram(machine: Machine, importer: Importer, program: JsonnetProgram): () => Value {
  if ('snippet' in program) {
    const code = compileSource(machine, new Source(program.fileName ?? '<cmdline>', program.snippet))
    return () => machine.force(new Thunk(code, []))
  }
  const path = joinPath('', program.file)
  const content = program.tree.read(resolveInTree(program.tree, path))
  if (content === undefined) throw FileTreeErrors.NOT_FOUND({ path })
  const value = importer.run(path, content)
  return () => machine.force(value)
}

function topArguments(machine: Machine, options: JsonnetOptions): Named[] {
  const strings = Object.entries(options.tlas ?? {})
  const codes = Object.entries(options.tlaCode ?? {})
  return [...strings, ...codes.map(([name, code]): Named => [name, promise(machine, `<top-level-arg:${name}>`, code)])]
}

function promise(machine: Machine, name: string, code: string): Lazy {
  return new Thunk(compileSource(machine, new Source(name, code)), [])
}

/** The error of the catalogue for whatever ended the evaluation. */
function finalError(thrown: unknown): unknown {
  if (thrown instanceof StaticFailure) {
    return JsonnetErrors.STATIC({ text: `${thrown.message}\n\n${thrown.excerpt}` }, { place: thrown.place })
  }
  const failure = asFailure(thrown)
  if (failure !== undefined) {
    const line = failure.lines.find(({ source }) => source !== undefined)
    const place = line?.source === undefined ? {} : { place: placeOf(line.source, line.begin ?? 0) }
    return JsonnetErrors.RUNTIME({ text: describeFailure(failure) }, place)
  }
  if (thrown instanceof RangeError) {
    return JsonnetErrors.LIMIT({ what: 'size of a value', limit: defaultLimits.maxOutput }, { cause: thrown })
  }
  return thrown
}

function placeOf(source: Source, begin: number): { file: string; line: number; column: number } {
  return { file: source.name, ...source.position(begin) }
}
