import { type FunctionTable, functionTable, sprigFunctions } from '@driftless/go-template'
import { durationFunctions } from './duration-functions.ts'
import type { HelmVersion } from './helm-version.ts'
import { jsonFunctions } from './json-functions.ts'
import { templateFunctions } from './template-functions.ts'
import { tomlFunctions } from './toml-functions.ts'
import { yamlFunctions } from './yaml-functions.ts'

const sprig = Object.fromEntries([...sprigFunctions].filter(([name]) => name !== 'env' && name !== 'expandenv'))

const common = [sprig, yamlFunctions, jsonFunctions, tomlFunctions, templateFunctions]

/** Every function that a chart may call: Go's, sprig's and Helm's. */
export const helmFunctions: Readonly<Record<HelmVersion, FunctionTable>> = {
  '3': functionTable(...common),
  '4': functionTable(...common, durationFunctions),
}
