import type { FunctionTable } from '../functions/signature.ts'
import type { Tree } from '../parse/node.ts'
import { isEmptyTree, type ParseOptions, parseTemplate } from '../parse/parser.ts'
import type { GoValue } from '../value/go-value.ts'
import type { Runtime } from './runtime.ts'
import { State } from './state.ts'
import { compileList, type Walk } from './statements.ts'

/** A named template ready to run; it holds no state and may be shared by any number of sets. */
export class CompiledTemplate {
  readonly name: string
  /** True when it holds nothing but white space. */
  readonly empty: boolean
  private readonly tree: Tree
  private readonly functions: FunctionTable
  private walk: Walk | undefined

  constructor(tree: Tree, functions: FunctionTable) {
    this.name = tree.name
    this.tree = tree
    this.functions = functions
    this.empty = isEmptyTree(tree.root)
  }

  /** Runs with data as `.` and `$`; returns what was written. */
  run(runtime: Runtime, data: GoValue): string {
    this.walk ??= compileList(this.tree.root, this.functions)
    const state = new State(runtime, this.tree, data)
    this.walk(state, data)
    return state.out
  }
}

/** Parses a text and compiles its templates: the one named `name` first, then those it defines. Throws `ParseFailure`. */
export function compileText(
  name: string,
  text: string,
  options: { functions: FunctionTable; delimiters?: ParseOptions['delimiters'] },
): CompiledTemplate[] {
  const { functions, delimiters } = options
  const trees = parseTemplate(name, text, {
    hasFunction: (word) => functions.has(word),
    ...(delimiters && { delimiters }),
  })
  return trees.map((tree) => new CompiledTemplate(tree, functions))
}

/** Adds templates to a set as Go does: an empty one never replaces another. */
export function addTemplates(set: Map<string, CompiledTemplate>, templates: readonly CompiledTemplate[]): void {
  for (const template of templates) if (!template.empty || !set.has(template.name)) set.set(template.name, template)
}
