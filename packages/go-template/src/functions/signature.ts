import type { Runtime } from '../execute/runtime.ts'
import type { GoList, GoMap, GoValue, ParamType } from '../value/go-value.ts'
import { Int } from '../value/int.ts'

/** A function that templates can call. */
export interface TemplateFunction {
  readonly params: readonly ParamType[]
  /** Type of any further arguments. */
  readonly rest?: ParamType
  /** Gets arguments of the declared types; raises `FunctionError` for expected failures. */
  readonly call: (args: GoValue[], run: Runtime) => GoValue
}

/** Functions by name. */
export type FunctionTable = ReadonlyMap<string, TemplateFunction>

/** What an implementation gets for a parameter type. */
export type Native<P extends ParamType> = P extends 'string'
  ? string
  : P extends 'int' | 'int64' | 'float64'
    ? number
    : P extends 'bool'
      ? boolean
      : P extends 'map'
        ? GoMap
        : P extends 'list'
          ? GoList
          : P extends 'strings'
            ? string[]
            : GoValue

type NativeTuple<P extends readonly ParamType[]> = { [K in keyof P]: Native<P[K]> }

/** A function with a fixed number of parameters. */
export function fn<const P extends readonly ParamType[]>(
  params: P,
  call: (...args: NativeTuple<P>) => GoValue,
): TemplateFunction {
  return { params, call: nativeCaller(params, undefined, call as (...args: GoValue[]) => GoValue) }
}

/** A function whose last parameter may be repeated. */
export function variadic<const P extends readonly ParamType[], R extends ParamType>(
  params: P,
  rest: R,
  call: (fixed: NativeTuple<P>, rest: Native<R>[]) => GoValue,
): TemplateFunction {
  const apply = (...args: GoValue[]) =>
    call(args.slice(0, params.length) as unknown as NativeTuple<P>, args.slice(params.length) as Native<R>[])
  return { params, rest, call: nativeCaller(params, rest, apply) }
}

/** A function that needs the execution: its clock, randomness, limits or host. */
export function withRun<const P extends readonly ParamType[]>(
  params: P,
  call: (run: Runtime, ...args: NativeTuple<P>) => GoValue,
): TemplateFunction {
  return {
    params,
    call: (args, run) =>
      call(run, ...(args.map((arg, index) => toNative(arg, params[index] as ParamType)) as NativeTuple<P>)),
  }
}

function nativeCaller(
  params: readonly ParamType[],
  rest: ParamType | undefined,
  call: (...args: GoValue[]) => GoValue,
): TemplateFunction['call'] {
  const converts = [...params, ...(rest === undefined ? [] : [rest])].some(
    (type) => type !== 'any' && type !== 'value' && type !== 'string',
  )
  if (!converts) return (args) => call(...args)
  return (args) => call(...args.map((arg, index) => toNative(arg, params[index] ?? (rest as ParamType))))
}

function toNative(value: GoValue, type: ParamType): GoValue {
  switch (type) {
    case 'int':
    case 'int64':
      return value instanceof Int ? Number(value.value) : value
    case 'map':
      return value ?? nilMap
    case 'list':
    case 'strings':
      return value ?? []
    default:
      return value
  }
}

/** Stands for a nil map: it reads as empty and cannot be written to. */
export const nilMap: GoMap = Object.freeze({})

/** Builds a table; later groups win. */
export function functionTable(...groups: Readonly<Record<string, TemplateFunction>>[]): FunctionTable {
  return new Map(groups.flatMap((group) => Object.entries(group)))
}
