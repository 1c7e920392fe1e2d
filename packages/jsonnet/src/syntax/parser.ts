import type { BinaryOperator, Bind, Expression, NamedArgument, Parameter, UnaryOperator } from './ast.ts'
import { readArray, readObject } from './collection-parser.ts'
import type { Source } from './source.ts'
import { describeToken, TokenStream } from './token-stream.ts'

/** Binding strength of the binary operators; a lower number binds tighter. */
const precedence: Readonly<Record<string, number>> = {
  '*': 5,
  '/': 5,
  '%': 5,
  '+': 6,
  '-': 6,
  '<<': 7,
  '>>': 7,
  '<': 8,
  '>': 8,
  '<=': 8,
  '>=': 8,
  in: 8,
  '==': 9,
  '!=': 9,
  '&': 10,
  '^': 11,
  '|': 12,
  '&&': 13,
  '||': 14,
}
const loosest = 16

/** Parses a whole file. Throws `JSONNET_STATIC` with the tool's message. */
export function parse(source: Source): Expression {
  const tokens = new TokenStream(source)
  const expression = readExpression(tokens)
  const rest = tokens.peek()
  if (rest.kind !== 'eof') throw tokens.fail(rest, `Did not expect: ${describeToken(rest)}`)
  return expression
}

/** Reads an expression that binds as loosely as allowed. */
export function readExpression(tokens: TokenStream): Expression {
  return tokens.nested(() => readBinary(tokens, loosest))
}

function readBinary(tokens: TokenStream, limit: number): Expression {
  const begin = tokens.peek().begin
  let left = readOperand(tokens)
  for (;;) {
    const token = tokens.peek()
    if (token.kind !== 'operator' && !(token.kind === 'keyword' && token.text === 'in')) return left
    const strength = precedence[token.text]
    if (strength === undefined) {
      if (token.text.startsWith(':') || token.text === '$') return left
      throw tokens.fail(token, `Not a binary operator: ${token.text}`)
    }
    if (strength > limit) return left
    tokens.pop()
    const after = tokens.peek()
    if (token.text === 'in' && after.text === 'super' && after.kind === 'keyword') {
      tokens.pop()
      left = { kind: 'in-super', index: left, begin, end: tokens.lastEnd }
      continue
    }
    const right = tokens.nested(() => readBinary(tokens, strength - 1))
    left = { kind: 'binary', operator: token.text as BinaryOperator, left, right, begin, end: tokens.lastEnd }
  }
}

/** A prefix construct, a unary operation or a postfix chain. */
function readOperand(tokens: TokenStream): Expression {
  const token = tokens.peek()
  if (token.kind === 'keyword') {
    const construct = constructs[token.text]
    if (construct !== undefined) return tokens.nested(() => construct(tokens))
  }
  if (token.kind === 'operator' && token.text !== '$') {
    if (!'!~+-'.includes(token.text) || token.text.length !== 1) {
      throw tokens.fail(token, `Not a unary operator: ${token.text}`)
    }
    tokens.pop()
    const operand = tokens.nested(() => readOperand(tokens))
    return { kind: 'unary', operator: token.text as UnaryOperator, operand, begin: token.begin, end: tokens.lastEnd }
  }
  return readPostfix(tokens)
}

const constructs: Readonly<Record<string, (tokens: TokenStream) => Expression>> = {
  assert: readAssert,
  error(tokens) {
    const { begin } = tokens.pop()
    return { kind: 'error', message: readExpression(tokens), begin, end: tokens.lastEnd }
  },
  if: readIf,
  function(tokens) {
    const { begin } = tokens.pop()
    const next = tokens.pop()
    if (next.text !== '(' || next.kind !== 'symbol')
      throw tokens.fail(next, `Expected ( but got ${describeToken(next)}`)
    const parameters = readParameters(tokens)
    return { kind: 'function', parameters, body: readExpression(tokens), begin, end: tokens.lastEnd }
  },
  import: readImport,
  importstr: readImport,
  importbin: readImport,
  local: readLocal,
}

function readAssert(tokens: TokenStream): Expression {
  const { begin } = tokens.pop()
  const condition = readExpression(tokens)
  const message = tokens.take(':') ? readExpression(tokens) : undefined
  tokens.expectSymbol(';')
  const rest = readExpression(tokens)
  return { kind: 'assert', condition, message, rest, begin, end: tokens.lastEnd }
}

function readIf(tokens: TokenStream): Expression {
  const { begin } = tokens.pop()
  const condition = readExpression(tokens)
  tokens.expectSymbol('then')
  const then = readExpression(tokens)
  const otherwise = tokens.take('else') ? readExpression(tokens) : undefined
  return { kind: 'if', condition, then, otherwise, begin, end: tokens.lastEnd }
}

function readImport(tokens: TokenStream): Expression {
  const { begin, text } = tokens.pop()
  const first = tokens.peek()
  const body = readExpression(tokens)
  if (body.kind !== 'string') throw tokens.fail(body, 'Computed imports are not allowed')
  if (first.style === 'STRING_BLOCK') throw tokens.fail(body, 'Block string literals not allowed in imports')
  return { kind: 'import', how: text as 'import', path: body.value, begin, end: tokens.lastEnd }
}

function readLocal(tokens: TokenStream): Expression {
  const { begin } = tokens.pop()
  const binds: Bind[] = []
  for (;;) {
    binds.push(readBind(tokens, binds))
    const token = tokens.pop()
    if (token.kind === 'symbol' && token.text === ';') break
    if (token.kind !== 'symbol' || token.text !== ',') {
      throw tokens.fail(token, `Expected , or ; but got ${describeToken(token)}`)
    }
  }
  return { kind: 'local', binds, body: readExpression(tokens), begin, end: tokens.lastEnd }
}

/** `name = value` or `name(parameters) = value`; a name bound before is refused. */
export function readBind(tokens: TokenStream, before: readonly Bind[]): Bind {
  const name = tokens.expectName()
  if (before.some((bind) => bind.name === name.text)) throw tokens.fail(name, `Duplicate local var: ${name.text}`)
  const { begin, end } = name
  if (!tokens.take('(')) {
    tokens.expectOperator('=')
    return { name: name.text, body: readExpression(tokens), begin, end }
  }
  const parameters = readParameters(tokens)
  tokens.expectOperator('=')
  const body = readExpression(tokens)
  return { name: name.text, body: { kind: 'function', parameters, body, begin, end: tokens.lastEnd }, begin, end }
}

/** Parameters up to and with the closing parenthesis. */
export function readParameters(tokens: TokenStream): Parameter[] {
  const parameters: Parameter[] = []
  while (!tokens.take(')')) {
    if (parameters.length > 0) expectComma(tokens, 'function parameter')
    if (tokens.take(')')) break
    const { text, begin, end } = tokens.expectName(' while parsing parameter')
    const fallback = tokens.take('=') ? readExpression(tokens) : undefined
    parameters.push({ name: text, fallback, begin, end })
  }
  return parameters
}

function expectComma(tokens: TokenStream, what: string): void {
  if (tokens.take(',')) return
  const next = tokens.peek()
  throw tokens.fail(next, `Expected a comma before next ${what}, got ${describeToken(next)}`)
}

/** A terminal followed by any number of `.name`, `[index]`, calls and object applications. */
function readPostfix(tokens: TokenStream): Expression {
  const begin = tokens.peek().begin
  let target = readTerminal(tokens)
  for (;;) {
    if (tokens.take('.')) {
      const name = tokens.expectName()
      const index: Expression = { kind: 'string', value: name.text, begin: name.begin, end: name.end }
      target = { kind: 'index', target, index, dotted: true, begin, end: tokens.lastEnd }
    } else if (tokens.take('[')) {
      target = readIndex(tokens, target, begin)
    } else if (tokens.take('(')) {
      target = readCall(tokens, target, begin)
    } else if (tokens.at('{')) {
      const right = readTerminal(tokens)
      target = { kind: 'binary', operator: '+', left: target, right, begin, end: tokens.lastEnd }
    } else return target
  }
}

/** The inside of `target[...]`: one index or up to three slice parts. */
function readIndex(tokens: TokenStream, target: Expression, begin: number): Expression {
  const parts: (Expression | undefined)[] = [undefined]
  let colons = 0
  for (;;) {
    const token = tokens.peek()
    if (token.kind === 'symbol' && token.text === ']') break
    if (token.kind === 'operator' && (token.text === ':' || token.text === '::')) {
      tokens.pop()
      colons += token.text.length
      if (colons > 2) throw tokens.fail(token, 'Invalid slice: too many colons')
      continue
    }
    if (parts[colons] !== undefined) tokens.expectSymbol(']')
    parts[colons] = readExpression(tokens)
  }
  const close = tokens.pop()
  const range = { begin, end: tokens.lastEnd }
  if (colons > 0) return { kind: 'slice', target, parts, ...range }
  if (parts[0] === undefined) throw tokens.fail(close, 'ast.Index requires an expression')
  return { kind: 'index', target, index: parts[0], dotted: false, ...range }
}

function readCall(tokens: TokenStream, target: Expression, begin: number): Expression {
  const positional: Expression[] = []
  const named: NamedArgument[] = []
  let first = true
  while (!tokens.take(')')) {
    if (!first) expectComma(tokens, 'function argument')
    first = false
    if (tokens.take(')')) break
    const token = tokens.peek()
    const next = tokens.peek(1)
    if (token.kind === 'id' && next.kind === 'operator' && next.text === '=') {
      tokens.pop()
      tokens.pop()
      named.push({ name: token.text, value: readExpression(tokens) })
      continue
    }
    const value = readExpression(tokens)
    if (named.length > 0) throw tokens.fail(token, 'Positional argument after a named argument is not allowed')
    positional.push(value)
  }
  const end = tokens.lastEnd
  const tailstrict = tokens.take('tailstrict')
  return { kind: 'call', target, positional, named, tailstrict, begin, end }
}

function readTerminal(tokens: TokenStream): Expression {
  const token = tokens.pop()
  const { begin, end, text } = token
  switch (token.kind) {
    case 'number':
      return { kind: 'number', value: Number(text), begin, end }
    case 'string':
      return { kind: 'string', value: text, begin, end }
    case 'id':
      return { kind: 'variable', name: text, begin, end }
    case 'eof':
      throw tokens.fail(token, 'Unexpected end of file')
    case 'operator':
      if (text === '$') return { kind: 'dollar', begin, end }
      break
    case 'symbol':
      if (text === '{') return readObject(tokens, begin)
      if (text === '[') return readArray(tokens, begin)
      if (text === '(') {
        const inner = readExpression(tokens)
        tokens.expectSymbol(')')
        return inner
      }
      break
    case 'keyword':
      if (text === 'null' || text === 'self') return { kind: text, begin, end }
      if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true', begin, end }
      if (text === 'super') return readSuper(tokens, token)
  }
  throw tokens.fail(token, `Unexpected: ${describeToken(token)} while parsing terminal`)
}

function readSuper(tokens: TokenStream, token: { begin: number; end: number }): Expression {
  const { begin, end } = token
  if (tokens.take('.')) {
    const name = tokens.expectName()
    const index: Expression = { kind: 'string', value: name.text, begin: name.begin, end: name.end }
    return { kind: 'super-index', index, begin, end }
  }
  if (!tokens.take('[')) throw tokens.fail(token, 'Expected . or [ after super')
  const index = readExpression(tokens)
  tokens.expectSymbol(']')
  return { kind: 'super-index', index, begin, end }
}
