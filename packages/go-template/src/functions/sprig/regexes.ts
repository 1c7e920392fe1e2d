import { RE2JS } from 're2js'
import { FunctionError } from '../../errors.ts'
import { stringList } from '../../value/go-value.ts'
import { fn, type TemplateFunction } from '../signature.ts'

const compiled = new Map<string, RE2JS>()
const maxCached = 500

/** A compiled RE2 expression; raises Go's wording for a wrong one. */
function compile(expression: string): RE2JS {
  const known = compiled.get(expression)
  if (known !== undefined) return known
  try {
    const made = RE2JS.compile(expression)
    if (compiled.size >= maxCached) compiled.clear()
    compiled.set(expression, made)
    return made
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new FunctionError(message.replace(/^.*?error parsing regexp/, 'error parsing regexp'))
  }
}

function mustCompile(expression: string): RE2JS {
  try {
    return compile(expression)
  } catch (cause) {
    throw new FunctionError(`regexp: Compile(${quoted(expression)}): ${(cause as Error).message}`)
  }
}

const quoted = (expression: string) => (expression.includes('`') ? JSON.stringify(expression) : `\`${expression}\``)

interface Match {
  readonly start: number
  readonly end: number
  readonly groups: readonly (string | null)[]
  readonly names: Readonly<Record<string, number>>
}

/** Successive matches as Go counts them: no empty match right after another. */
function* matches(regex: RE2JS, text: string): Generator<Match> {
  const matcher = regex.matcher(text)
  const names = regex.namedGroups() as Record<string, number>
  let previousEnd = -1
  let from = 0
  while (from <= text.length && matcher.find(from)) {
    const start = matcher.start()
    const end = matcher.end()
    if (end > start || start !== previousEnd) {
      const groups = Array.from({ length: matcher.groupCount() + 1 }, (_item, index) => matcher.group(index))
      yield { start, end, groups, names }
    }
    previousEnd = end
    from = end > start ? end : end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1)
  }
}

function findAll(regex: RE2JS, text: string, limit: number): string[] {
  const found: string[] = []
  if (limit === 0) return found
  for (const match of matches(regex, text)) {
    found.push(match.groups[0] ?? '')
    if (limit > 0 && found.length >= limit) break
  }
  return found
}

function split(regex: RE2JS, text: string, limit: number): string[] {
  if (limit === 0) return []
  if (text === '' && !isEmptyExpression(regex)) return ['']
  const parts: string[] = []
  let begin = 0
  let end = 0
  for (const match of matches(regex, text)) {
    if (limit > 0 && parts.length === limit - 1) break
    end = match.start
    if (match.end !== 0) parts.push(text.slice(begin, end))
    begin = match.end
  }
  if (end !== text.length) parts.push(text.slice(begin))
  return parts
}

const isEmptyExpression = (regex: RE2JS) => regex.pattern() === ''

function replace(regex: RE2JS, text: string, expand: (match: Match) => string): string {
  let out = ''
  let from = 0
  for (const match of matches(regex, text)) {
    out += text.slice(from, match.start) + expand(match)
    from = match.end
  }
  return out + text.slice(from)
}

/** Expands `$1`, `${name}` and `$$` as Go's `Regexp.Expand`. */
function expandTemplate(template: string, match: Match): string {
  return template.replace(/\$(?:\$|\{([A-Za-z0-9_]+)\}|([A-Za-z0-9_]+)|)/g, (all, braced, bare) => {
    if (all === '$$') return '$'
    if (all === '$') return '$'
    const name: string = braced ?? bare
    const index = /^\d+$/.test(name) ? Number(name) : match.names[name]
    return index === undefined ? '' : (match.groups[index] ?? '')
  })
}

type Compile = (expression: string) => RE2JS

const find = (make: Compile) =>
  fn(['string', 'string'], (expression, text) => findAll(make(expression), text, 1)[0] ?? '')
const all = (make: Compile) =>
  fn(['string', 'string', 'int'], (expression, text, limit) => stringList(findAll(make(expression), text, limit)))
const splits = (make: Compile) =>
  fn(['string', 'string', 'int'], (expression, text, limit) => stringList(split(make(expression), text, limit)))
const replaceAll = (make: Compile) =>
  fn(['string', 'string', 'string'], (expression, text, template) =>
    replace(make(expression), text, (match) => expandTemplate(template, match)),
  )
const replaceLiteral = (make: Compile) =>
  fn(['string', 'string', 'string'], (expression, text, replacement) =>
    replace(make(expression), text, () => replacement),
  )

function matchesQuietly(expression: string, text: string): boolean {
  try {
    return compile(expression).matcher(text).find()
  } catch (thrown) {
    if (thrown instanceof FunctionError) return false
    throw thrown
  }
}

/** Regular-expression functions of sprig, with RE2's meaning and its linear time. */
export const regexes: Readonly<Record<string, TemplateFunction>> = {
  regexMatch: fn(['string', 'string'], matchesQuietly),
  mustRegexMatch: fn(['string', 'string'], (expression, text) => compile(expression).matcher(text).find()),
  regexFind: find(mustCompile),
  mustRegexFind: find(compile),
  regexFindAll: all(mustCompile),
  mustRegexFindAll: all(compile),
  regexReplaceAll: replaceAll(mustCompile),
  mustRegexReplaceAll: replaceAll(compile),
  regexReplaceAllLiteral: replaceLiteral(mustCompile),
  mustRegexReplaceAllLiteral: replaceLiteral(compile),
  regexSplit: splits(mustCompile),
  mustRegexSplit: splits(compile),
  regexQuoteMeta: fn(['string'], (text) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')),
}
