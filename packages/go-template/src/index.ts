// The front door of @driftless/go-template: explicit names only.
export { type CompileOptions, compile, type Engine, type RenderOptions, type Template } from './compile.ts'
export { ExecuteFailure, FunctionError, ParseFailure, TemplateErrors, toTemplateError } from './errors.ts'
export { addTemplates, CompiledTemplate, compileText } from './execute/compiled-template.ts'
export {
  asLimitError,
  defaultLimits,
  type MissingKey,
  Runtime,
  type RuntimeOptions,
  type TemplateLimits,
} from './execute/runtime.ts'
export { printValue } from './format/print.ts'
export { sprintf } from './format/printf.ts'
export { quoteGo } from './format/quote.ts'
export { appsetFunctions, goFunctions, sprigFunctions } from './functions/engines.ts'
export { readJson, writeJson } from './functions/json.ts'
export {
  type FunctionTable,
  fn,
  functionTable,
  type TemplateFunction,
  variadic,
  withRun,
} from './functions/signature.ts'
export { parseDuration, printDuration } from './time/duration.ts'
export { GoDuration, GoTime } from './time/go-time.ts'
export { bytesToText, textToBytes } from './value/bytes.ts'
export { GoBytes } from './value/go-bytes.ts'
export {
  compareText,
  type GoList,
  type GoMap,
  type GoMethod,
  GoObject,
  type GoValue,
  getKey,
  isList,
  isMap,
  type NamedMap,
  namedMap,
  setKey,
  sortedKeys,
  stringList,
  typedList,
  typedMap,
} from './value/go-value.ts'
export { Int, type IntKind, int, int64, makeInt } from './value/int.ts'
export { kindName, typeName } from './value/kind.ts'
export { fromPlain, toPlain } from './value/plain.ts'
export { isTrue } from './value/truth.ts'
