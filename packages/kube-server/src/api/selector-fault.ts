import { formatProblem } from '../status/field-problem.ts'
import { labelValueFaults, qualifiedNameFaults } from '../validation/names.ts'

/** What is wrong with the text of a label selector, in the server's words; undefined when nothing is. */
export function labelSelectorFault(text: string): string | undefined {
  const tokens = { words: text.match(/!=|==|[=!<>(),]|[^\s=!<>(),]+/g) ?? [], at: 0 }
  try {
    readRequirements(tokens)
    return undefined
  } catch (error) {
    if (error instanceof Fault) return error.message
    throw error
  }
}

/** What is wrong with the text of a field selector; undefined when nothing is. */
export function fieldSelectorFault(text: string): string | undefined {
  for (const term of text.split(/(?<!\\),/).filter((part) => part !== '')) {
    const match = /^(.*?)(?:!=|==|=)(.*)$/s.exec(term)
    if (match === null) return `invalid selector: '${text}'; can't understand '${term}'`
    const [, , value = ''] = match
    if (/(?<!\\)(?:\\\\)*=/.test(value)) return 'invalid field selector: unescaped character in value: 61'
    if (/\\(?![\\,=])/.test(value.replaceAll(/\\[\\,=]/g, '')))
      return `invalid field selector: invalid escape sequence: \\`
  }
  return undefined
}

class Fault extends Error {}

interface Tokens {
  words: readonly string[]
  at: number
}

const symbols = new Set(['!=', '==', '=', '!', '<', '>', '(', ')', ','])

function readRequirements(tokens: Tokens): void {
  for (let word = peek(tokens); word !== ''; word = peek(tokens)) {
    if (word !== '!' && symbols.has(word))
      throw new Fault(`found '${word}', expected: !, identifier, or 'end of string'`)
    wrapped(() => readRequirement(tokens))
    const next = take(tokens)
    if (next === '') return
    if (next !== ',') throw new Fault(`found '${next}', expected: ',' or 'end of string'`)
    const after = peek(tokens)
    if (after !== '!' && (after === '' || symbols.has(after))) {
      throw new Fault(`found '${after}', expected: identifier after ','`)
    }
  }
}

function wrapped(read: () => void): void {
  try {
    read()
  } catch (error) {
    throw error instanceof Fault ? new Fault(`unable to parse requirement: ${error.message}`) : error
  }
}

function readRequirement(tokens: Tokens): void {
  const negated = peek(tokens) === '!'
  if (negated) take(tokens)
  const key = take(tokens)
  if (key === '' || symbols.has(key)) throw new Fault(`found '${key}', expected: identifier`)
  const [fault] = qualifiedNameFaults(key)
  if (fault !== undefined) throw new Fault(`<nil>: ${invalidText(key, qualifiedNameFaults(key).join('; '))}`)
  if (negated || peek(tokens) === '' || peek(tokens) === ',') return
  const operator = take(tokens)
  const values = readValues(tokens, operator)
  for (const [index, value] of values.entries()) checkValue({ key, operator, value, index })
}

function readValues(tokens: Tokens, operator: string): string[] {
  switch (operator) {
    case 'in':
    case 'notin':
      return readSet(tokens).sort()
    case '=':
    case '==':
    case '!=':
    case '<':
    case '>': {
      const word = peek(tokens)
      if (word === '' || word === ',') return ['']
      if (symbols.has(word)) throw new Fault(`found '${word}', expected: identifier`)
      return [take(tokens)]
    }
    default:
      throw new Fault(`found '${operator}', expected: in, notin, =, ==, !=, gt, lt`)
  }
}

function readSet(tokens: Tokens): string[] {
  const open = take(tokens)
  if (open !== '(') throw new Fault(`found '${open}' expected: '('`)
  const first = peek(tokens)
  if (first === ')') {
    take(tokens)
    return []
  }
  if (first === '' || (first !== ',' && symbols.has(first)))
    throw new Fault(`found '${first}', expected: ',', ')' or identifier`)
  const values: string[] = []
  for (;;) {
    const value = peek(tokens) === ',' || peek(tokens) === ')' ? '' : take(tokens)
    values.push(value)
    const next = take(tokens)
    if (next === ')') return values
    if (next !== ',') throw new Fault(`found '${next}', expected: ',' or ')'`)
  }
}

function checkValue({
  key,
  operator,
  value,
  index,
}: {
  key: string
  operator: string
  value: string
  index: number
}): void {
  if ((operator === '<' || operator === '>') && !/^[+-]?\d+$/.test(value)) {
    throw new Fault(`values[0]: ${invalidText(value, "for 'Gt', 'Lt' operators, the value must be an integer")}`)
  }
  const faults = labelValueFaults(value)
  if (faults.length > 0) throw new Fault(`values[${index}][${key}]: ${invalidText(value, faults.join('; '))}`)
}

function invalidText(value: string, detail: string): string {
  return formatProblem({ field: '', type: 'FieldValueInvalid', value, detail })
}

function peek(tokens: Tokens): string {
  return tokens.words[tokens.at] ?? ''
}

function take(tokens: Tokens): string {
  const word = peek(tokens)
  tokens.at += 1
  return word
}
