import { messageOf } from '@driftless/foundation'
import { HelmErrors } from '../errors.ts'
import { printProblem } from './problem.ts'
import { isSchema, openSchema } from './schema-document.ts'
import { Validator } from './validator.ts'

/** Checks values; the text tells every problem, `undefined` means none. */
export type SchemaCheck = (values: unknown) => string | undefined

/** Compiles the text of a `values.schema.json` of draft 4 to 2020-12. Throws `HELM_CHART_INVALID`. */
export function compileSchema(text: string): SchemaCheck {
  const validator = new Validator(openSchema(parse(text)))
  return (values) => {
    const problem = validator.check(values)
    return problem === undefined ? undefined : printProblem(problem)
  }
}

function parse(text: string) {
  try {
    const schema = JSON.parse(text) as unknown
    if (isSchema(schema)) return schema
  } catch (cause) {
    throw HelmErrors.CHART_INVALID(
      { message: `values.schema.json cannot be read: ${messageOf(cause)}` },
      { cause, place: { file: 'values.schema.json' } },
    )
  }
  throw HelmErrors.CHART_INVALID(
    { message: 'values.schema.json is no schema: write an object' },
    { place: { file: 'values.schema.json' } },
  )
}
