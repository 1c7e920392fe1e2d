/** A coloured piece of a YAML line. */
export interface YamlToken {
  readonly text: string
  readonly type: 'key' | 'string' | 'number' | 'comment' | 'plain'
}

const keyPattern = /^(\s*(?:- )*)([^\s#'"][^:#]*|'[^']*'|"[^"]*")(:)(?=\s|$)/

/** Splits one line of YAML into coloured pieces; block scalars are treated as strings of their lines. */
export function tokenizeYamlLine(line: string): YamlToken[] {
  const trimmed = line.trimStart()
  if (trimmed.startsWith('#')) return [{ text: line, type: 'comment' }]
  const key = keyPattern.exec(line)
  if (key === null) {
    const dash = /^\s*(?:- )*/.exec(line)?.[0] ?? ''
    return keep([{ text: dash, type: 'plain' }, ...tokenizeValue(line.slice(dash.length))])
  }
  const [whole, indent = '', name = '', colon = ''] = key
  return keep([
    { text: indent, type: 'plain' },
    { text: name, type: 'key' },
    { text: colon, type: 'plain' },
    ...tokenizeValue(line.slice(whole.length)),
  ])
}

function tokenizeValue(text: string): YamlToken[] {
  const comment = /\s#.*$/.exec(text)
  if (comment !== null && !/^\s*["']/.test(text)) {
    return [...tokenizeValue(text.slice(0, comment.index)), { text: text.slice(comment.index), type: 'comment' }]
  }
  const value = text.trim()
  if (value === '') return [{ text, type: 'plain' }]
  if (/^(-?\d[\d_.e+]*|true|false|null|~)$/i.test(value)) return [{ text, type: 'number' }]
  if (/^[|>&*!{[]/.test(value)) return [{ text, type: 'plain' }]
  return [{ text, type: 'string' }]
}

function keep(tokens: readonly YamlToken[]): YamlToken[] {
  return tokens.filter((token) => token.text !== '')
}
