import { quoteGo } from '../format/quote.ts'

/** The text a tree was parsed from, for error positions. */
export interface Source {
  /** Name given to the parser; part of every message. */
  readonly name: string
  readonly text: string
}

/** Where a node begins. */
interface Placed {
  readonly position: number
}

/** A constant number under every Go type that can hold it. */
export interface NumberValue {
  readonly int?: bigint
  readonly uint?: bigint
  readonly float?: number
}

export type Operand =
  | ({ readonly type: 'dot' | 'nil' } & Placed)
  | ({ readonly type: 'bool'; readonly value: boolean } & Placed)
  | ({ readonly type: 'string'; readonly quoted: string; readonly value: string } & Placed)
  | ({ readonly type: 'number'; readonly text: string; readonly value: NumberValue } & Placed)
  | ({ readonly type: 'field'; readonly names: readonly string[] } & Placed)
  | ({ readonly type: 'variable'; readonly names: readonly string[]; readonly slot: number } & Placed)
  | ({ readonly type: 'identifier'; readonly name: string } & Placed)
  | ({ readonly type: 'chain'; readonly node: Operand; readonly names: readonly string[] } & Placed)
  | Pipe

/** Commands joined by `|`, perhaps assigned to variables. */
export interface Pipe extends Placed {
  readonly type: 'pipe'
  readonly declarations: readonly Declaration[]
  readonly assigns: boolean
  readonly commands: readonly Command[]
}

/** A variable that a pipeline sets. */
export interface Declaration extends Placed {
  readonly type: 'declaration'
  readonly name: string
  readonly slot: number
}

/** An operand with its arguments. */
export interface Command extends Placed {
  readonly type: 'command'
  readonly arguments: readonly Operand[]
}

export type Statement =
  | ({ readonly type: 'text'; readonly text: string } & Placed)
  | ({ readonly type: 'action'; readonly pipe: Pipe } & Placed)
  | ({
      readonly type: 'if' | 'with' | 'range'
      readonly pipe: Pipe
      readonly list: List
      readonly otherwise: List | undefined
    } & Placed)
  | ({ readonly type: 'template'; readonly name: string; readonly pipe: Pipe | undefined } & Placed)
  | ({ readonly type: 'break' | 'continue' } & Placed)

/** Statements one after the other. */
export interface List extends Placed {
  readonly type: 'list'
  readonly statements: Statement[]
}

/** Anything an error can point at. */
export type Node = Operand | Command | Declaration | Statement | List

/** One named template as parsed. */
export interface Tree {
  readonly name: string
  readonly source: Source
  readonly root: List
  /** Number of variable slots that an execution needs. */
  readonly slots: number
}

/** A node as Go prints it inside `<…>` of an error. */
export function printNode(node: Node): string {
  switch (node.type) {
    case 'dot':
      return '.'
    case 'nil':
      return 'nil'
    case 'bool':
      return String(node.value)
    case 'string':
      return node.quoted
    case 'number':
      return node.text
    case 'field':
      return node.names.map((name) => `.${name}`).join('')
    case 'variable':
      return node.names.join('.')
    case 'identifier':
    case 'declaration':
      return node.name
    case 'chain':
      return `${printArgument(node.node)}${node.names.map((name) => `.${name}`).join('')}`
    case 'pipe':
      return printPipe(node)
    case 'command':
      return node.arguments.map(printArgument).join(' ')
    default:
      return printStatement(node)
  }
}

function printArgument(node: Operand): string {
  return node.type === 'pipe' ? `(${printPipe(node)})` : printNode(node)
}

function printPipe(pipe: Pipe): string {
  const names = pipe.declarations.map((declaration) => declaration.name).join(', ')
  const left = names === '' ? '' : `${names} ${pipe.assigns ? '=' : ':='} `
  return left + pipe.commands.map(printNode).join(' | ')
}

function printStatement(node: Statement | List): string {
  switch (node.type) {
    case 'list':
      return node.statements.map(printNode).join('')
    case 'text':
      return node.text
    case 'action':
      return `{{${printPipe(node.pipe)}}}`
    case 'template':
      return `{{template ${quoteGo(node.name)}${node.pipe === undefined ? '' : ` ${printPipe(node.pipe)}`}}}`
    case 'break':
    case 'continue':
      return `{{${node.type}}}`
    default: {
      const otherwise = node.otherwise === undefined ? '' : `{{else}}${printNode(node.otherwise)}`
      return `{{${node.type} ${printPipe(node.pipe)}}}${printNode(node.list)}${otherwise}{{end}}`
    }
  }
}

/** Line (1-based) and column (0-based, in bytes) of a node, as Go reports them. */
export function locate(source: Source, position: number): { line: number; column: number } {
  const before = source.text.slice(0, position)
  const lineStart = before.lastIndexOf('\n') + 1
  let line = 1
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line += 1
  return { line, column: new TextEncoder().encode(before.slice(lineStart)).length }
}
