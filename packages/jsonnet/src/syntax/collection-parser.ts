import type { Bind, ComprehensionStep, Expression, Field, ObjectAssert, Visibility } from './ast.ts'
import type { Token } from './lexer.ts'
import { readBind, readExpression, readParameters } from './parser.ts'
import { describeToken, type TokenStream } from './token-stream.ts'

/** Reads an array or array comprehension after its `[`. */
export function readArray(tokens: TokenStream, begin: number): Expression {
  const items: Expression[] = []
  if (tokens.take(']')) return { kind: 'array', items, begin, end: tokens.lastEnd }
  items.push(readExpression(tokens))
  let comma = tokens.take(',')
  if (tokens.at('for')) {
    const steps = readSteps(tokens, ']')
    return { kind: 'array-comprehension', body: items[0] as Expression, steps, begin, end: tokens.lastEnd }
  }
  while (!tokens.take(']')) {
    if (!comma) throw tokens.fail(tokens.peek(), 'Expected a comma before next array element')
    items.push(readExpression(tokens))
    comma = tokens.take(',')
  }
  return { kind: 'array', items, begin, end: tokens.lastEnd }
}

/** `for` and `if` clauses up to and with the closing bracket. */
function readSteps(tokens: TokenStream, close: string): ComprehensionStep[] {
  const steps: ComprehensionStep[] = []
  for (;;) {
    const token = tokens.pop()
    if (token.kind === 'keyword' && token.text === 'for') {
      const name = tokens.expectName()
      tokens.expectSymbol('in')
      steps.push({ kind: 'for', name: name.text, list: readExpression(tokens), begin: name.begin, end: name.end })
    } else if (token.kind === 'keyword' && token.text === 'if') {
      steps.push({ kind: 'if', condition: readExpression(tokens) })
    } else if (token.kind === 'symbol' && token.text === close) return steps
    else {
      const got = describeToken(token)
      throw tokens.fail(token, `Expected for, if or "${close}" after for clause, got: ${got}`)
    }
  }
}

interface Members {
  readonly fields: Field[]
  readonly locals: Bind[]
  readonly asserts: ObjectAssert[]
  readonly names: Set<string>
}

/** Reads an object or object comprehension after its `{`. */
export function readObject(tokens: TokenStream, begin: number): Expression {
  const members: Members = { fields: [], locals: [], asserts: [], names: new Set() }
  let comma = true
  for (;;) {
    const next = tokens.peek()
    if (tokens.take('}')) {
      const { fields, locals, asserts } = members
      return { kind: 'object', fields, locals, asserts, begin, end: tokens.lastEnd }
    }
    if (tokens.at('for')) return readObjectComprehension(tokens, members, begin)
    if (!comma) throw tokens.fail(next, 'Expected a comma before next field')
    readMember(tokens, members)
    comma = tokens.take(',')
  }
}

function readObjectComprehension(tokens: TokenStream, members: Members, begin: number): Expression {
  const { fields, locals, asserts } = members
  const token = tokens.peek()
  if (asserts.length > 0) throw tokens.fail(token, 'Object comprehension cannot have asserts')
  const [field, ...others] = fields
  if (field === undefined || others.length > 0) {
    throw tokens.fail(token, 'Object comprehension can only have one field')
  }
  if (field.visibility !== 'inherit') throw tokens.fail(token, 'Object comprehensions cannot have hidden fields')
  if (typeof field.name === 'string') {
    throw tokens.fail(token, 'Object comprehensions can only have [e] fields')
  }
  const steps = readSteps(tokens, '}')
  return { kind: 'object-comprehension', field, locals, steps, begin, end: tokens.lastEnd }
}

function readMember(tokens: TokenStream, members: Members): void {
  const token = tokens.pop()
  if (token.kind === 'id' || token.kind === 'string') {
    readNamedField(tokens, token, members)
  } else if (token.kind === 'symbol' && token.text === '[') {
    const name = readExpression(tokens)
    tokens.expectSymbol(']')
    members.fields.push(readField(tokens, token, name))
  } else if (token.kind === 'keyword' && token.text === 'local') {
    members.locals.push(readBind(tokens, members.locals))
  } else if (token.kind === 'keyword' && token.text === 'assert') {
    const condition = readExpression(tokens)
    const message = tokens.take(':') ? readExpression(tokens) : undefined
    members.asserts.push({ condition, message, begin: token.begin, end: tokens.lastEnd })
  } else {
    throw tokens.fail(token, `Unexpected: ${describeToken(token)} while parsing field definition`)
  }
}

function readNamedField(tokens: TokenStream, token: Token, members: Members): void {
  const field = readField(tokens, token, token.text)
  if (members.names.has(token.text)) throw tokens.fail(token, `Duplicate field: ${token.text}`)
  members.names.add(token.text)
  members.fields.push(field)
}

/** The rest of a field after its name: parameters, the colons and the body. */
function readField(tokens: TokenStream, token: Token, name: string | Expression): Field {
  const parameters = tokens.take('(') ? readParameters(tokens) : undefined
  const operator = tokens.pop()
  if (operator.kind !== 'operator') {
    throw tokens.fail(operator, `Expected token OPERATOR but got ${describeToken(operator)}`)
  }
  const plus = operator.text.startsWith('+')
  const visibility = visibilities[plus ? operator.text.slice(1) : operator.text]
  if (visibility === undefined) {
    throw tokens.fail(operator, `Expected one of :, ::, :::, +:, +::, +:::, got: ${operator.text}`)
  }
  if (plus && parameters !== undefined) {
    throw tokens.fail(token, `Cannot use +: syntax sugar in a method: ${token.text}`)
  }
  const value = readExpression(tokens)
  const { begin } = token
  const end = tokens.lastEnd
  const body: Expression = parameters === undefined ? value : { kind: 'function', parameters, body: value, begin, end }
  return { name, visibility, plus, body, begin, end }
}

const visibilities: Readonly<Record<string, Visibility>> = { ':': 'inherit', '::': 'hidden', ':::': 'visible' }
