import { SelectorErrors } from '../errors.ts'
import { labelOf, matchesRequirement, type SelectorRequirement } from './match.ts'

/** Tells whether labels satisfy a selector. */
export type LabelPredicate = (labels: Record<string, string> | undefined) => boolean

const labelKey = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/
const tokenPattern = /\s*(!=|==|=|<|>|!|\(|\)|,|[^\s!=<>(),]+)/y

/**
 * Parses the text form of a label selector: `k=v`, `k!=v`, `k in (a,b)`, `k notin (a)`, `k`, `!k`, `k>1`, `k<1`, joined by commas.
 * An empty text matches everything. Throws `SELECTOR_INVALID`.
 */
export function parseLabelSelector(text: string): LabelPredicate {
  const predicates = new SelectorReader(text).read()
  return (labels) => predicates.every((predicate) => predicate(labels))
}

/** Parses the text form of a field selector: `a.b=v`, `a.b==v`, `a.b!=v`, joined by commas; `\` escapes. Throws `SELECTOR_INVALID`. */
export function parseFieldSelector(text: string): { field: string; operator: '=' | '!='; value: string }[] {
  if (text.trim() === '') return []
  return splitTerms(text).map((term) => {
    const match = /^((?:[^\\=!]|\\.)*?)(==|!=|=)((?:[^\\]|\\.)*)$/s.exec(term)
    if (match === null || match[1] === undefined || match[1].trim() === '') {
      throw SelectorErrors.INVALID({
        selector: text,
        reason: `"${term}" must have the form field=value or field!=value`,
      })
    }
    const operator = match[2] === '!=' ? '!=' : '='
    return { field: match[1].trim(), operator, value: (match[3] ?? '').replace(/\\([\\,=])/g, '$1') }
  })
}

function splitTerms(text: string): string[] {
  return text.split(/(?<!(?<!\\)\\),/).filter((term) => term !== '')
}

class SelectorReader {
  readonly #text: string
  readonly #tokens: string[]
  #at = 0

  constructor(text: string) {
    this.#text = text
    this.#tokens = tokensOf(text, (reason) => this.#fail(reason))
  }

  read(): LabelPredicate[] {
    const predicates: LabelPredicate[] = []
    if (this.#tokens.length === 0) return predicates
    for (;;) {
      predicates.push(this.#requirement())
      const token = this.#next()
      if (token === undefined) return predicates
      if (token !== ',') this.#fail(`found "${token}", expected a comma or the end`)
    }
  }

  #requirement(): LabelPredicate {
    if (this.#peek() === '!') {
      this.#next()
      return this.#predicate({ key: this.#key(), operator: 'DoesNotExist' })
    }
    const key = this.#key()
    const operator = this.#peek()
    if (operator === undefined || operator === ',') return this.#predicate({ key, operator: 'Exists' })
    this.#next()
    switch (operator) {
      case '=':
      case '==':
        return this.#predicate({ key, operator: 'In', values: [this.#value()] })
      case '!=':
        return this.#predicate({ key, operator: 'NotIn', values: [this.#value()] })
      case 'in':
        return this.#predicate({ key, operator: 'In', values: this.#values() })
      case 'notin':
        return this.#predicate({ key, operator: 'NotIn', values: this.#values() })
      case '<':
      case '>':
        return this.#order(key, operator)
      default:
        return this.#fail(`found "${operator}", expected =, ==, !=, in, notin, < or >`)
    }
  }

  #predicate(requirement: SelectorRequirement): LabelPredicate {
    return (labels) => matchesRequirement(requirement, labels)
  }

  #order(key: string, operator: '<' | '>'): LabelPredicate {
    const text = this.#value()
    if (!/^-?\d+$/.test(text)) this.#fail(`"${text}" must be an integer after ${operator}`)
    const limit = BigInt(text)
    return (labels) => {
      const label = labelOf(labels, key)
      if (label === undefined || !/^-?\d+$/.test(label)) return false
      return operator === '<' ? BigInt(label) < limit : BigInt(label) > limit
    }
  }

  #key(): string {
    const token = this.#next()
    if (token === undefined || !labelKey.test(token) || token.length > 317)
      return this.#fail(`"${token ?? ''}" is no label key`)
    return token
  }

  #value(): string {
    const token = this.#peek()
    if (token === undefined || token === ',' || token === ')') return ''
    this.#next()
    if (!labelValue.test(token) || token.length > 63) return this.#fail(`"${token}" is no label value`)
    return token
  }

  #values(): string[] {
    if (this.#next() !== '(') this.#fail('expected ( after the operator')
    const values = [this.#value()]
    for (;;) {
      const token = this.#next()
      if (token === ')') return values
      if (token !== ',') this.#fail(`found "${token ?? 'the end'}", expected a comma or )`)
      values.push(this.#value())
    }
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]
  }

  #next(): string | undefined {
    return this.#tokens[this.#at++]
  }

  #fail(reason: string): never {
    throw SelectorErrors.INVALID({ selector: this.#text, reason })
  }
}

function tokensOf(text: string, fail: (reason: string) => never): string[] {
  const tokens: string[] = []
  const source = text.trim()
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < source.length) {
    const match = tokenPattern.exec(source)
    if (match?.[1] === undefined) return fail('it has a character that no selector holds')
    tokens.push(match[1])
  }
  return tokens
}
