import type { FunctionTable } from '@driftless/go-template'
import type { ChartCache } from '../chart-cache.ts'
import { helmFunctions } from './functions.ts'
import type { HelmVersion } from './helm-version.ts'

/** Finds objects of the target cluster for `lookup`; an empty name asks for a list. */
export type Lookup = (apiVersion: string, kind: string, namespace: string, name: string) => unknown

/** What Helm's functions need of the render they run in. */
export interface HelmHost {
  readonly cache: ChartCache
  readonly functions: FunctionTable
  readonly lookup: Lookup | undefined
  /** Failing functions only warn. */
  readonly lint: boolean
  /** How often each template is being included right now. */
  readonly included: Map<string, number>
}

/** A host for one render. */
export function createHost(options: {
  cache: ChartCache
  helm: HelmVersion
  lint?: boolean
  lookup?: Lookup
}): HelmHost {
  const { cache, helm, lint = false, lookup } = options
  return { cache, functions: helmFunctions[helm], lookup, lint, included: new Map() }
}
