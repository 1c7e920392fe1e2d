import { builtins } from './builtins.ts'
import { functionTable } from './signature.ts'
import { sprig } from './sprig.ts'

/** The functions of Go's text/template alone. */
export const goFunctions = functionTable(builtins)

/** Go's functions and all of sprig. */
export const sprigFunctions = functionTable(builtins, sprig)

/** What Argo CD's ApplicationSets offer: sprig without what looks at the machine. */
export const appsetFunctions = new Map(
  [...sprigFunctions].filter(([name]) => !['env', 'expandenv', 'getHostByName'].includes(name)),
)
