// The front door of @driftless/jsonnet: explicit names only.
export { JsonnetErrors } from './errors.ts'
export type { JsonnetLimits } from './evaluate/machine.ts'
export {
  defaultLimits,
  evaluateJsonnet,
  type JsonnetOptions,
  type JsonnetProgram,
  type JsonnetResult,
} from './evaluate-jsonnet.ts'
export type { JsonValue } from './manifest/json-value.ts'
