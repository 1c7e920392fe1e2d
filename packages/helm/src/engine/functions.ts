import { type FunctionTable, functionTable, sprigFunctions } from '@driftless/go-template'
import { durationFunctions } from './duration-functions.ts'
import { jsonFunctions } from './json-functions.ts'
import { templateFunctions } from './template-functions.ts'
import { tomlFunctions } from './toml-functions.ts'
import { yamlFunctions } from './yaml-functions.ts'

const sprig = Object.fromEntries([...sprigFunctions].filter(([name]) => name !== 'env' && name !== 'expandenv'))

/** Every function that a chart may call: Go's, sprig's and Helm's. */
export const helmFunctions: FunctionTable = functionTable(
  sprig,
  yamlFunctions,
  jsonFunctions,
  tomlFunctions,
  durationFunctions,
  templateFunctions,
)
