import { messageOf } from '@driftless/foundation'
import { RE2JS } from 're2js'
import { HelmErrors } from '../errors.ts'
import { formats } from './formats.ts'
import { equalJson, isWhole, jsonType, numberOf, showNumber } from './json-value.ts'
import { grouped, type Problem, plain, quoteText, referenced } from './problem.ts'
import { isSchema, type Schema, type SchemaDocument } from './schema-document.ts'

type Keywords = Readonly<Record<string, unknown>>
type Path = readonly string[]
type Fields = Readonly<Record<string, unknown>>

const maxDepth = 500

/** What of an object or list some keyword has looked at. */
interface Evaluated {
  readonly properties: Set<string>
  readonly items: Set<number>
}

const isFields = (value: unknown): value is Fields => jsonType(value) === 'object'

/** Checks values against a schema document. */
export class Validator {
  private readonly document: SchemaDocument
  private readonly patterns = new Map<string, RE2JS>()

  constructor(document: SchemaDocument) {
    this.document = document
  }

  /** What is wrong with a value; `undefined` when nothing is. */
  check(value: unknown): Problem | undefined {
    return this.visit(this.document.root, { value, path: [], depth: 0, seen: newEvaluated() })
  }

  private visit(schema: Schema, at: Place): Problem | undefined {
    if (schema === true) return undefined
    if (schema === false) return plain(at.path, 'false schema')
    if (at.depth > maxDepth) return plain(at.path, 'the schema refers to itself without end')
    const basic = this.checkBasics(schema, at)
    if (basic !== undefined) return basic
    const reference = this.checkReference(schema, at)
    if (typeof schema.$ref === 'string' && this.document.draft < 2019) return reference
    const problems = [
      ...(reference === undefined ? [] : [reference]),
      ...this.checkContent(schema, at),
      ...this.checkConditions(schema, at),
      ...this.checkUnevaluated(schema, at),
    ]
    return grouped(at.path, problems)
  }

  private checkBasics(schema: Keywords, { value, path }: Place): Problem | undefined {
    const type = jsonType(value)
    const wanted =
      typeof schema.type === 'string' ? [schema.type] : Array.isArray(schema.type) ? (schema.type as string[]) : []
    if (
      wanted.length > 0 &&
      !wanted.includes(type) &&
      !(wanted.includes('integer') && type === 'number' && isWhole(value))
    ) {
      return plain(path, `got ${type}, want ${wanted.join(' or ')}`)
    }
    if (Object.hasOwn(schema, 'const') && this.document.draft > 4 && !equalJson(value, schema.const)) {
      return plain(path, isPrimitive(schema.const) ? `value must be ${display(schema.const)}` : "'const' failed")
    }
    if (Array.isArray(schema.enum) && !schema.enum.some((item) => equalJson(value, item)))
      return plain(path, enumMessage(schema.enum))
    return this.checkFormat(schema, { value, path })
  }

  private checkFormat(schema: Keywords, { value, path }: { value: unknown; path: Path }): Problem | undefined {
    if (this.document.draft >= 2019 || typeof schema.format !== 'string' || typeof value !== 'string') return undefined
    const check = Object.hasOwn(formats, schema.format) ? formats[schema.format] : undefined
    if (check === undefined || check(value)) return undefined
    return plain(path, `${quoteText(value)} is not valid ${schema.format}`)
  }

  private checkReference(schema: Keywords, at: Place): Problem | undefined {
    for (const keyword of ['$ref', '$recursiveRef', '$dynamicRef']) {
      const reference = schema[keyword]
      if (typeof reference !== 'string') continue
      const target = this.document.resolve(reference, schema)
      if (target === undefined) return plain(at.path, `schema reference ${quoteText(reference)} leads out of the chart`)
      const problem = this.inside(target, at)
      if (problem !== undefined) return referenced(at.path, problem)
    }
    return undefined
  }

  /** Another schema for the same value; what it evaluates counts when it holds. */
  private inside(schema: Schema, at: Place): Problem | undefined {
    const seen = newEvaluated()
    const problem = this.visit(schema, { ...at, depth: at.depth + 1, seen })
    if (problem === undefined) {
      for (const name of seen.properties) at.seen.properties.add(name)
      for (const index of seen.items) at.seen.items.add(index)
    }
    return problem
  }

  private child(schema: Schema, value: unknown, place: { at: Place; step: string }): Problem[] {
    const { at, step } = place
    const problem = this.visit(schema, { value, path: [...at.path, step], depth: at.depth + 1, seen: newEvaluated() })
    return problem === undefined ? [] : [problem]
  }

  private checkContent(schema: Keywords, at: Place): Problem[] {
    if (isFields(at.value))
      return [...this.checkObject(schema, at.value, at), ...this.checkDependents(schema, at.value, at)]
    if (Array.isArray(at.value)) return this.checkList(schema, at.value, at)
    if (typeof at.value === 'string') return this.checkText(schema, at.value, at.path)
    return jsonType(at.value) === 'number'
      ? checkNumber(schema, numberOf(at.value), { path: at.path, draft: this.document.draft })
      : []
  }

  private checkObject(schema: Keywords, value: Fields, at: Place): Problem[] {
    const problems: Problem[] = []
    const names = Object.keys(value).sort()
    problems.push(...count(schema, ['minProperties', 'maxProperties'], { got: names.length, path: at.path }))
    const missing = texts(schema.required).filter((name) => !Object.hasOwn(value, name))
    if (missing.length === 1) problems.push(plain(at.path, `missing property ${quoteText(missing[0] as string)}`))
    if (missing.length > 1) problems.push(plain(at.path, `missing properties ${missing.map(quoteText).join(', ')}`))
    const extra: string[] = []
    for (const name of names) problems.push(...this.checkProperty(schema, { name, value: value[name], extra }, at))
    if (extra.length > 0)
      problems.push(plain(at.path, `additional properties ${extra.map(quoteText).join(', ')} not allowed`))
    if (isSchema(schema.propertyNames)) {
      for (const name of names) {
        const problem = this.visit(schema.propertyNames, {
          value: name,
          path: [],
          depth: at.depth + 1,
          seen: newEvaluated(),
        })
        if (problem !== undefined)
          problems.push(plain(at.path, `invalid propertyName ${quoteText(name)}`, problem.causes))
      }
    }
    return problems
  }

  private checkProperty(
    schema: Keywords,
    property: { name: string; value: unknown; extra: string[] },
    at: Place,
  ): Problem[] {
    const { name, value, extra } = property
    const place = { at, step: name }
    const problems: Problem[] = []
    let evaluated = false
    const own =
      isFields(schema.properties) && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined
    if (isSchema(own)) {
      evaluated = true
      problems.push(...this.child(own, value, place))
    }
    for (const [pattern, inner] of Object.entries(isFields(schema.patternProperties) ? schema.patternProperties : {})) {
      if (!isSchema(inner) || !this.matches(pattern, name)) continue
      evaluated = true
      problems.push(...this.child(inner, value, place))
    }
    const additional = schema.additionalProperties
    if (!evaluated && isSchema(additional)) {
      evaluated = true
      if (additional === false) extra.push(name)
      else problems.push(...this.child(additional, value, place))
    }
    if (evaluated) at.seen.properties.add(name)
    return problems
  }

  private checkDependents(schema: Keywords, value: Fields, at: Place): Problem[] {
    const problems: Problem[] = []
    for (const keyword of ['dependencies', 'dependentSchemas', 'dependentRequired']) {
      const table = schema[keyword]
      if (!isFields(table)) continue
      for (const [name, dependency] of Object.entries(table)) {
        if (!Object.hasOwn(value, name)) continue
        if (isSchema(dependency)) {
          const problem = this.inside(dependency, at)
          if (problem !== undefined) problems.push(problem)
          continue
        }
        const missing = texts(dependency).filter((other) => !Object.hasOwn(value, other))
        if (missing.length > 0)
          problems.push(
            plain(at.path, `properties ${missing.map(quoteText).join(', ')} required, if ${quoteText(name)} exists`),
          )
      }
    }
    return problems
  }

  private checkList(schema: Keywords, value: readonly unknown[], at: Place): Problem[] {
    const problems = count(schema, ['minItems', 'maxItems'], { got: value.length, path: at.path })
    if (schema.uniqueItems === true) problems.push(...checkUnique(value, at.path))
    const { first, rest, restKeyword } = itemSchemas(schema, this.document.draft)
    const each = (inner: Schema, index: number) => {
      at.seen.items.add(index)
      return this.child(inner, value[index], { at, step: String(index) })
    }
    for (let index = 0; index < Math.min(first.length, value.length); index += 1)
      problems.push(...each(first[index] as Schema, index))
    if (rest === false && restKeyword === 'additionalItems') {
      if (value.length > first.length)
        problems.push(plain(at.path, `last ${value.length - first.length} additionalItem(s) not allowed`))
    } else if (rest !== undefined) {
      for (let index = first.length; index < value.length; index += 1) problems.push(...each(rest, index))
    }
    return [...problems, ...this.checkContains(schema, value, at)]
  }

  private checkContains(schema: Keywords, value: readonly unknown[], at: Place): Problem[] {
    if (!isSchema(schema.contains)) return []
    const contains = schema.contains
    const failed: Problem[] = []
    const matched: number[] = []
    for (const [index, item] of value.entries()) {
      const problems = this.child(contains, item, { at, step: String(index) })
      if (problems.length > 0) failed.push(...problems)
      else {
        matched.push(index)
        if (this.document.draft >= 2020) at.seen.items.add(index)
      }
    }
    const problems: Problem[] = []
    const { minContains, maxContains } = schema
    if (typeof minContains === 'number') {
      if (matched.length < minContains) {
        const got =
          matched.length === 0 ? 'but none matched' : `but matched ${matched.length} items at ${matched.join(' ')}`
        problems.push(plain(at.path, `min ${minContains} items required to match contains schema, ${got}`, failed))
      }
    } else if (matched.length === 0) problems.push(plain(at.path, 'no items match contains schema', failed))
    if (typeof maxContains === 'number' && matched.length > maxContains) {
      problems.push(
        plain(
          at.path,
          `max ${maxContains} items required to match contains schema, but matched ${matched.length} items at ${matched.join(' ')}`,
        ),
      )
    }
    return problems
  }

  private checkText(schema: Keywords, value: string, path: Path): Problem[] {
    const problems = count(schema, ['minLength', 'maxLength'], { got: Array.from(value).length, path })
    if (typeof schema.pattern === 'string' && !this.matches(schema.pattern, value)) {
      problems.push(plain(path, `${quoteText(value)} does not match pattern ${quoteText(schema.pattern)}`))
    }
    return problems
  }

  private matches(pattern: string, text: string): boolean {
    let regex = this.patterns.get(pattern)
    if (regex === undefined) {
      regex = compilePattern(pattern)
      this.patterns.set(pattern, regex)
    }
    return regex.matcher(text).find()
  }

  private checkConditions(schema: Keywords, at: Place): Problem[] {
    const problems: Problem[] = []
    if (
      isSchema(schema.not) &&
      this.visit(schema.not, { ...at, depth: at.depth + 1, seen: newEvaluated() }) === undefined
    ) {
      problems.push(plain(at.path, "'not' failed"))
    }
    const failures = (schemas: readonly Schema[]) => schemas.map((inner) => this.inside(inner, at))
    const all = failures(schemas(schema.allOf)).filter(isProblem)
    if (all.length > 0) problems.push(plain(at.path, "'allOf' failed", all))
    const any = failures(schemas(schema.anyOf))
    if (any.length > 0 && any.every(isProblem)) problems.push(plain(at.path, "'anyOf' failed", any))
    problems.push(...oneOf(failures(schemas(schema.oneOf)), at.path))
    if (!isSchema(schema.if)) return problems
    const branch = this.inside(schema.if, at) === undefined ? schema.then : schema.else
    const problem = isSchema(branch) ? this.inside(branch, at) : undefined
    return problem === undefined ? problems : [...problems, problem]
  }

  private checkUnevaluated(schema: Keywords, at: Place): Problem[] {
    if (this.document.draft < 2019) return []
    const problems: Problem[] = []
    const { unevaluatedProperties, unevaluatedItems } = schema
    if (isFields(at.value) && isSchema(unevaluatedProperties)) {
      for (const name of Object.keys(at.value).sort()) {
        if (!at.seen.properties.has(name))
          problems.push(...this.child(unevaluatedProperties, at.value[name], { at, step: name }))
        at.seen.properties.add(name)
      }
    }
    if (Array.isArray(at.value) && isSchema(unevaluatedItems)) {
      for (const [index, item] of at.value.entries()) {
        if (!at.seen.items.has(index)) problems.push(...this.child(unevaluatedItems, item, { at, step: String(index) }))
        at.seen.items.add(index)
      }
    }
    return problems
  }
}

function compilePattern(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (cause) {
    const message = `values.schema.json: ${quoteText(pattern)} is not a valid pattern: ${messageOf(cause)}`
    throw HelmErrors.CHART_INVALID({ message }, { cause, place: { file: 'values.schema.json' } })
  }
}

/** A value under a schema. */
interface Place {
  readonly value: unknown
  readonly path: Path
  readonly depth: number
  readonly seen: Evaluated
}

const newEvaluated = (): Evaluated => ({ properties: new Set(), items: new Set() })
const isProblem = (problem: Problem | undefined): problem is Problem => problem !== undefined
const schemas = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : [])
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
const isPrimitive = (value: unknown) => typeof value !== 'object' || value === null
const display = (value: unknown) =>
  typeof value === 'string' ? quoteText(value) : value === null ? '<nil>' : String(value)

function enumMessage(values: readonly unknown[]): string {
  if (!values.every(isPrimitive)) return "'enum' failed"
  const shown = values.map(display).join(', ')
  return values.length === 1 ? `value must be ${shown}` : `value must be one of ${shown}`
}

function count(
  schema: Keywords,
  [least, most]: readonly [string, string],
  got: { got: number; path: Path },
): Problem[] {
  const problems: Problem[] = []
  const min = schema[least]
  const max = schema[most]
  const message = (keyword: string, want: number) => `${keyword}: got ${showNumber(got.got)}, want ${showNumber(want)}`
  if (typeof min === 'number' && got.got < min) problems.push(plain(got.path, message(least, min)))
  if (typeof max === 'number' && got.got > max) problems.push(plain(got.path, message(most, max)))
  return problems
}

function checkUnique(value: readonly unknown[], path: Path): Problem[] {
  for (let later = 1; later < value.length; later += 1) {
    for (let earlier = 0; earlier < later; earlier += 1) {
      if (equalJson(value[earlier], value[later])) return [plain(path, `items at ${earlier} and ${later} are equal`)]
    }
  }
  return []
}

function itemSchemas(
  schema: Keywords,
  draft: number,
): { first: Schema[]; rest: Schema | undefined; restKeyword: string } {
  if (draft >= 2020)
    return {
      first: schemas(schema.prefixItems),
      rest: isSchema(schema.items) ? schema.items : undefined,
      restKeyword: 'items',
    }
  if (Array.isArray(schema.items)) {
    return {
      first: schemas(schema.items),
      rest: isSchema(schema.additionalItems) ? schema.additionalItems : undefined,
      restKeyword: 'additionalItems',
    }
  }
  return { first: [], rest: isSchema(schema.items) ? schema.items : undefined, restKeyword: 'items' }
}

function oneOf(results: readonly (Problem | undefined)[], path: Path): Problem[] {
  if (results.length === 0) return []
  const first = results.indexOf(undefined)
  if (first < 0) return [plain(path, "'oneOf' failed, none matched", results.filter(isProblem))]
  const second = results.indexOf(undefined, first + 1)
  return second < 0 ? [] : [plain(path, `'oneOf' failed, subschemas ${first}, ${second} matched`)]
}

const bounds: readonly (readonly [string, (value: number, bound: number) => boolean])[] = [
  ['minimum', (value, bound) => value >= bound],
  ['maximum', (value, bound) => value <= bound],
  ['exclusiveMinimum', (value, bound) => value > bound],
  ['exclusiveMaximum', (value, bound) => value < bound],
  ['multipleOf', isMultiple],
]

function checkNumber(schema: Keywords, value: number, place: { path: Path; draft: number }): Problem[] {
  return bounds.flatMap(([keyword, holds]) => {
    const strict = place.draft === 4 && schema[`exclusive${keyword[0]?.toUpperCase()}${keyword.slice(1)}`] === true
    const bound = schema[keyword]
    if (typeof bound !== 'number' || (holds(value, bound) && !(strict && value === bound))) return []
    return [
      plain(
        place.path,
        `${strict ? `exclusive${keyword[0]?.toUpperCase()}${keyword.slice(1)}` : keyword}: got ${showNumber(value)}, want ${showNumber(bound)}`,
      ),
    ]
  })
}

function isMultiple(value: number, bound: number): boolean {
  const quotient = value / bound
  return Math.abs(quotient - Math.round(quotient)) < 1e-9 * Math.max(1, Math.abs(quotient))
}
