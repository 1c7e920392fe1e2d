import { ParseFailure } from '../errors.ts'
import { unquoteGo } from '../format/quote.ts'
import { describeToken, type Token, type TokenType, tokenize } from './lexer.ts'
import {
  type Command,
  type Declaration,
  type List,
  type Operand,
  type Pipe,
  printNode,
  type Source,
  type Statement,
  type Tree,
} from './node.ts'
import { parseNumber } from './number.ts'

/** How a text is to be read. */
export interface ParseOptions {
  /** Whether a function of that name exists. */
  readonly hasFunction: (name: string) => boolean
  readonly delimiters?: readonly [left: string, right: string]
}

/** Parses a template text into its own tree (the first) and those that it defines. Throws {@link ParseFailure}. */
export function parseTemplate(name: string, text: string, options: ParseOptions): Tree[] {
  return new Parser({ name, text }, options).parse()
}

/** True when a tree holds nothing but white space. */
export function isEmptyTree(root: List): boolean {
  return root.statements.every((statement) => statement.type === 'text' && statement.text.trim() === '')
}

const maxParentheses = 10_000

/** Variables of one template while it is parsed: lexical names and the slots they live in. */
interface Scope {
  names: { name: string; slot: number }[]
  slots: number
  ranges: number
}

const newScope = (): Scope => ({ names: [{ name: '$', slot: 0 }], slots: 1, ranges: 0 })

type End = { type: 'end' | 'else'; position: number }

const isEnd = (node: Statement | End): node is End => node.type === 'end' || node.type === 'else'

class Parser {
  private readonly source: Source
  private readonly options: ParseOptions
  private readonly tokens: readonly Token[]
  private readonly trees = new Map<string, Tree>()
  private index = 0
  private scope = newScope()
  private actionLine = 0
  private parentheses = 0

  constructor(source: Source, options: ParseOptions) {
    this.source = source
    this.options = options
    this.tokens = tokenize(source.text, ...(options.delimiters ?? []))
  }

  parse(): Tree[] {
    const root: List = { type: 'list', position: 0, statements: [] }
    while (this.peek().type !== 'eof') {
      if (this.parseDefine()) continue
      const node = this.statement()
      if (isEnd(node)) return this.fail(`unexpected {{${node.type}}}`)
      root.statements.push(node)
    }
    const own = { name: this.source.name, source: this.source, root, slots: this.scope.slots }
    const defined = this.trees.get(own.name)
    if (defined === undefined || isEmptyTree(defined.root)) this.trees.delete(own.name)
    else if (!isEmptyTree(root)) this.multiple(own.name)
    const others = [...this.trees.values()]
    return this.trees.has(own.name) ? others : [own, ...others]
  }

  private parseDefine(): boolean {
    if (this.peek().type !== 'left delim') return false
    const start = this.index
    this.index += 1
    if (this.nextNonSpace().type !== 'define') {
      this.index = start
      return false
    }
    const context = 'define clause'
    const token = this.nextNonSpace()
    const name = this.templateName(token, context)
    this.expect('right delim', context)
    this.body(name, context)
    return true
  }

  /** Parses statements up to `{{end}}` as a template of its own. */
  private body(name: string, context: string): void {
    const outer = this.scope
    this.scope = newScope()
    const { list, end } = this.list()
    if (end.type !== 'end') this.fail(`unexpected {{${end.type}}} in ${context}`)
    this.add({ name, source: this.source, root: list, slots: this.scope.slots })
    this.scope = outer
  }

  private add(tree: Tree): void {
    const present = this.trees.get(tree.name)
    if (present === undefined || isEmptyTree(present.root)) this.trees.set(tree.name, tree)
    else if (!isEmptyTree(tree.root)) this.multiple(tree.name)
  }

  private multiple(name: string): never {
    return this.fail(`template: multiple definition of template ${JSON.stringify(name)}`)
  }

  private list(): { list: List; end: End } {
    const list: List = { type: 'list', position: this.peekNonSpace().position, statements: [] }
    while (this.peekNonSpace().type !== 'eof') {
      const node = this.statement()
      if (isEnd(node)) return { list, end: node }
      list.statements.push(node)
    }
    return this.fail('unexpected EOF')
  }

  private statement(): Statement | End {
    const token = this.nextNonSpace()
    if (token.type === 'text') return { type: 'text', position: token.position, text: token.value }
    if (token.type !== 'left delim') return this.unexpected(token, 'input')
    this.actionLine = token.line
    const node = this.action()
    this.actionLine = 0
    return node
  }

  private action(): Statement | End {
    const token = this.nextNonSpace()
    switch (token.type) {
      case 'block':
        return this.block()
      case 'break':
      case 'continue':
        return this.jump(token, token.type)
      case 'else':
        return this.elseClause()
      case 'end':
        return { type: 'end', position: this.expect('right delim', 'end').position }
      case 'if':
      case 'range':
      case 'with':
        return this.control(token.type)
      case 'template':
        return this.templateCall()
    }
    this.index -= 1
    const position = this.peek().position
    return { type: 'action', position, pipe: this.pipe('command', 'right delim') }
  }

  private jump(token: Token, type: 'break' | 'continue'): Statement {
    const next = this.nextNonSpace()
    if (next.type !== 'right delim') this.unexpected(next, `{{${type}}}`)
    if (this.scope.ranges === 0) this.fail(`{{${type}}} outside {{range}}`)
    return { type, position: token.position }
  }

  private elseClause(): End {
    const next = this.peekNonSpace()
    if (next.type === 'if' || next.type === 'with') return { type: 'else', position: next.position }
    return { type: 'else', position: this.expect('right delim', 'else').position }
  }

  private control(type: 'if' | 'with' | 'range'): Statement {
    const visible = this.scope.names.length
    const pipe = this.pipe(type, 'right delim')
    if (type === 'range') this.scope.ranges += 1
    const { list, end } = this.list()
    if (type === 'range') this.scope.ranges -= 1
    const otherwise = end.type === 'else' ? this.otherwise(type, end) : undefined
    this.scope.names.length = visible
    return { type, position: pipe.position, pipe, list, otherwise }
  }

  private otherwise(type: 'if' | 'with' | 'range', end: End): List {
    const next = this.peek().type
    if (type !== 'range' && next === type) {
      this.index += 1
      return { type: 'list', position: end.position, statements: [this.control(type)] }
    }
    const rest = this.list()
    if (rest.end.type !== 'end') this.fail(`expected end; found {{${rest.end.type}}}`)
    return rest.list
  }

  private block(): Statement {
    const context = 'block clause'
    const token = this.nextNonSpace()
    const name = this.templateName(token, context)
    const pipe = this.pipe(context, 'right delim')
    this.body(name, context)
    return { type: 'template', position: token.position, name, pipe }
  }

  private templateCall(): Statement {
    const context = 'template clause'
    const token = this.nextNonSpace()
    const name = this.templateName(token, context)
    if (this.nextNonSpace().type === 'right delim')
      return { type: 'template', position: token.position, name, pipe: undefined }
    this.index -= 1
    return { type: 'template', position: token.position, name, pipe: this.pipe(context, 'right delim') }
  }

  private templateName(token: Token, context: string): string {
    if (token.type !== 'string' && token.type !== 'raw string') this.unexpected(token, context)
    return unquoteGo(token.value) ?? this.fail('invalid syntax')
  }

  private pipe(context: string, end: TokenType): Pipe {
    const position = this.peekNonSpace().position
    const { declarations, assigns } = this.declarations(context)
    const commands: Command[] = []
    for (;;) {
      const token = this.nextNonSpace()
      if (token.type === end) break
      if (!startsOperand.has(token.type)) this.unexpected(token, context)
      this.index -= 1
      commands.push(this.command())
    }
    if (commands.length === 0) this.fail(`missing value for ${context}`)
    const stage = commands.findIndex((command, index) => index > 0 && isConstant(command.arguments[0] as Operand))
    if (stage > 0) this.fail(`non executable command in pipeline stage ${stage + 1}`)
    return { type: 'pipe', position, declarations, assigns, commands }
  }

  private declarations(context: string): { declarations: Declaration[]; assigns: boolean } {
    const found: { token: Token }[] = []
    for (;;) {
      const start = this.index
      const token = this.peekNonSpace()
      if (token.type !== 'variable') break
      this.index += 1
      const next = this.peekNonSpace()
      if (next.type === 'assign' || next.type === 'declare') {
        this.index += 1
        found.push({ token })
        return this.bind(found, next.type === 'assign')
      }
      if (next.type !== 'char' || next.value !== ',') {
        this.index = start
        break
      }
      this.index += 1
      found.push({ token })
      if (context !== 'range' || found.length >= 2) this.fail(`too many declarations in ${context}`)
      const after = this.peekNonSpace().type
      if (after !== 'variable' && after !== 'right delim' && after !== 'right paren')
        this.fail('range can only initialize variables')
    }
    return this.bind(found, false)
  }

  private bind(
    found: readonly { token: Token }[],
    assigns: boolean,
  ): { declarations: Declaration[]; assigns: boolean } {
    const declarations = found.map(({ token }): Declaration => {
      const known = assigns ? this.lookup(token.value) : undefined
      const slot = known ?? this.scope.slots++
      this.scope.names.push({ name: token.value, slot })
      // An assignment to a name that was never declared fails only when it runs.
      const missing = assigns && known === undefined
      return { type: 'declaration', position: token.position, name: token.value, slot: missing ? -1 : slot }
    })
    return { declarations, assigns }
  }

  private lookup(name: string): number | undefined {
    return this.scope.names.findLast((entry) => entry.name === name)?.slot
  }

  private command(): Command {
    const position = this.peekNonSpace().position
    const found: Operand[] = []
    for (;;) {
      this.peekNonSpace()
      const operand = this.operand()
      if (operand !== undefined) found.push(operand)
      const token = this.next()
      if (token.type === 'space') continue
      if (token.type === 'right delim' || token.type === 'right paren') this.index -= 1
      else if (token.type !== 'pipe') this.unexpected(token, 'operand')
      break
    }
    if (found.length === 0) this.fail('empty command')
    return { type: 'command', position, arguments: found }
  }

  private operand(): Operand | undefined {
    const node = this.term()
    if (node === undefined || this.peek().type !== 'field') return node
    const position = this.peek().position
    const names: string[] = []
    while (this.peek().type === 'field') names.push(this.next().value.slice(1))
    switch (node.type) {
      case 'field':
        return { type: 'field', position, names: [...node.names, ...names] }
      case 'variable':
        return { ...node, position, names: [...node.names, ...names] }
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        return this.fail(`unexpected . after term ${JSON.stringify(printNode(node))}`)
      default:
        return { type: 'chain', position, node, names }
    }
  }

  private term(): Operand | undefined {
    const token = this.nextNonSpace()
    const position = token.position
    switch (token.type) {
      case 'identifier':
        if (!this.options.hasFunction(token.value)) this.fail(`function ${JSON.stringify(token.value)} not defined`)
        return { type: 'identifier', position, name: token.value }
      case 'dot':
      case 'nil':
        return { type: token.type, position }
      case 'variable':
        return { type: 'variable', position, names: [token.value], slot: this.variable(token.value) }
      case 'field':
        return { type: 'field', position, names: [token.value.slice(1)] }
      case 'bool':
        return { type: 'bool', position, value: token.value === 'true' }
      case 'char constant':
      case 'complex':
      case 'number':
        return { type: 'number', position, text: token.value, value: this.number(token) }
      case 'left paren':
        return this.parenthesized()
      case 'string':
      case 'raw string':
        return {
          type: 'string',
          position,
          quoted: token.value,
          value: unquoteGo(token.value) ?? this.fail('invalid syntax'),
        }
    }
    this.index -= 1
    return undefined
  }

  private parenthesized(): Pipe {
    this.parentheses += 1
    if (this.parentheses > maxParentheses) this.fail('max expression depth exceeded')
    const pipe = this.pipe('parenthesized pipeline', 'right paren')
    this.parentheses -= 1
    return pipe
  }

  private variable(name: string): number {
    return this.lookup(name) ?? this.fail(`undefined variable ${JSON.stringify(name)}`)
  }

  private number(token: Token) {
    const value = parseNumber(token.value)
    if (
      value?.int === undefined &&
      value?.uint === undefined &&
      /^[^.eEpP]*$/.test(token.value) &&
      value !== undefined
    ) {
      return this.fail(`integer overflow: ${JSON.stringify(token.value)}`)
    }
    if (value !== undefined) return value
    if (token.type === 'char constant') return this.fail(`malformed character constant: ${token.value}`)
    return this.fail(`illegal number syntax: ${JSON.stringify(token.value)}`)
  }

  private next(): Token {
    const token = this.peek()
    this.index += 1
    return token
  }

  /** The next token; the last one repeats. */
  private peek(): Token {
    return (this.tokens[this.index] ?? this.tokens.at(-1)) as Token
  }

  private peekNonSpace(): Token {
    while (this.peek().type === 'space') this.index += 1
    return this.peek()
  }

  private nextNonSpace(): Token {
    this.peekNonSpace()
    return this.next()
  }

  private expect(type: TokenType, context: string): Token {
    const token = this.nextNonSpace()
    if (token.type !== type) this.unexpected(token, context)
    return token
  }

  private unexpected(token: Token, context: string): never {
    if (token.type !== 'error') return this.fail(`unexpected ${describeToken(token)} in ${context}`)
    let extra = ''
    if (this.actionLine !== 0 && this.actionLine !== token.line) {
      extra = ` in action started at ${this.source.name}:${this.actionLine}`
      if (token.value.endsWith(' action')) extra = extra.slice(' in action'.length)
    }
    return this.fail(token.value + extra)
  }

  private fail(message: string): never {
    const last = (this.tokens[Math.min(this.index, this.tokens.length) - 1] ?? this.tokens[0]) as Token
    throw new ParseFailure(this.source.name, last.line, message)
  }
}

const startsOperand: ReadonlySet<TokenType> = new Set<TokenType>([
  'bool',
  'char constant',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'raw string',
  'string',
  'variable',
  'left paren',
])

const constants: ReadonlySet<string> = new Set(['bool', 'dot', 'nil', 'number', 'string'])
const isConstant = (node: Operand) => constants.has(node.type)
