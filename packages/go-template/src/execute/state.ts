import { ExecuteFailure } from '../errors.ts'
import { quoteGo } from '../format/quote.ts'
import { locate, type Node, printNode, type Tree } from '../parse/node.ts'
import type { GoValue } from '../value/go-value.ts'
import type { Runtime } from './runtime.ts'

/** State of one running template. */
export class State {
  readonly run: Runtime
  readonly tree: Tree
  readonly variables: GoValue[]
  /** The node an error would be reported at. */
  node: Node
  out = ''

  constructor(run: Runtime, tree: Tree, data: GoValue) {
    this.run = run
    this.tree = tree
    this.node = tree.root
    this.variables = new Array(tree.slots)
    this.variables[0] = data
  }

  /** Raises an execution error at the current node, in Go's words. */
  fail(message: string, cause?: unknown): never {
    const { line, column } = locate(this.tree.source, this.node.position)
    const place = { file: this.tree.source.name, line, column: column + 1 }
    const where = `${this.tree.source.name}:${line}:${column}`
    const text = `template: ${where}: executing ${quoteGo(this.tree.name)} at <${printNode(this.node)}>: ${message}`
    throw new ExecuteFailure(text, place, cause)
  }
}
