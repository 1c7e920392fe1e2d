import type { IncomingMessage } from 'node:http'
import type { DeleteOptions, WriteOptions } from '../api/kube-api.ts'
import type { FieldProblem } from '../status/field-problem.ts'
import { badRequest, invalid } from '../status/kube-status.ts'
import { isObject } from '../validation/decode.ts'

/** The options object a problem of a query parameter is reported on. */
type OptionsKind = 'CreateOptions' | 'UpdateOptions' | 'PatchOptions' | 'DeleteOptions'

const longestManager = 128

/** Reads the options of a write from the query; throws 422 on values the server does not know. */
export function writeOptions(request: IncomingMessage, query: URLSearchParams, kind: OptionsKind): WriteOptions {
  const manager = query.get('fieldManager') ?? ''
  const problems = [
    ...dryRunProblems(query.getAll('dryRun')),
    ...managerProblems(manager),
    ...validationProblems(query.get('fieldValidation')),
  ]
  if (problems.length > 0) throw optionsProblem(kind, problems)
  const validation = query.get('fieldValidation') || 'Warn'
  return {
    manager: manager || userAgentManager(request.headers['user-agent']),
    dryRun: query.has('dryRun') && query.get('dryRun') !== '',
    fieldValidation: validation as 'Strict' | 'Warn' | 'Ignore',
  }
}

/** Refuses what does not fit the type of a patch. */
export function checkPatchOptions(query: URLSearchParams, isApply: boolean): void {
  const problems: FieldProblem[] = []
  if (isApply && !query.get('fieldManager')) {
    problems.push({ field: 'fieldManager', type: 'FieldValueRequired', detail: 'is required for apply patch' })
  }
  if (!isApply && query.has('force')) {
    problems.push({ field: 'force', type: 'FieldValueForbidden', detail: 'may not be specified for non-apply patch' })
  }
  if (problems.length > 0) throw optionsProblem('PatchOptions', problems)
}

/** Reads the options of a deletion from the body, or from the query where the body has none. */
export function deleteOptions(query: URLSearchParams, body: unknown): DeleteOptions {
  const options = isObject(body) ? body : {}
  const grace = options.gracePeriodSeconds ?? numberOf(query.get('gracePeriodSeconds'))
  const policy = options.propagationPolicy ?? query.get('propagationPolicy') ?? undefined
  const orphan =
    options.orphanDependents ?? (query.has('orphanDependents') ? query.get('orphanDependents') === 'true' : undefined)
  const dryRun = Array.isArray(options.dryRun) ? options.dryRun.map(String) : query.getAll('dryRun')
  const problems = [...dryRunProblems(dryRun), ...policyProblems(policy), ...graceProblems(grace)]
  if (problems.length > 0) throw optionsProblem('DeleteOptions', problems)
  const propagation = policy ?? (orphan === undefined ? undefined : orphan === true ? 'Orphan' : 'Background')
  return {
    ...(grace === undefined ? {} : { gracePeriodSeconds: grace as number }),
    ...(propagation === undefined ? {} : { propagationPolicy: propagation as DeleteOptions['propagationPolicy'] }),
    ...(isObject(options.preconditions) ? { preconditions: preconditionsOf(options.preconditions) } : {}),
    dryRun: dryRun.includes('All'),
  }
}

/** A non-negative integer parameter; throws 400 on other text. */
export function integerParameter(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  if (!/^-?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
  return Number(text)
}

/** A boolean parameter: `true`, `1`; absent and anything else is false. */
export function booleanParameter(query: URLSearchParams, name: string): boolean {
  const text = query.get(name)
  return text === 'true' || text === '1'
}

/** The manager a client is known by when it names none: the first word of its User-Agent. */
function userAgentManager(userAgent: string | undefined): string {
  const name =
    (userAgent ?? '')
      .split('/')[0]
      ?.replaceAll(/[^\x20-\x7e]/g, '')
      .trim() ?? ''
  return name === '' ? 'unknown' : name.slice(0, longestManager)
}

function dryRunProblems(values: readonly string[]): FieldProblem[] {
  const given = values.filter((value) => value !== '')
  if (given.every((value) => value === 'All')) return []
  return [{ field: 'dryRun', type: 'FieldValueNotSupported', value: given, detail: 'supported values: "All"' }]
}

function managerProblems(manager: string): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (manager.length > longestManager) {
    problems.push({
      field: 'fieldManager',
      type: 'FieldValueTooLong',
      detail: `may not be more than ${longestManager} bytes`,
    })
  }
  if (/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(manager)) {
    problems.push({
      field: 'fieldManager',
      type: 'FieldValueInvalid',
      value: manager,
      detail: 'should only contain printable characters',
    })
  }
  return problems
}

function validationProblems(value: string | null): FieldProblem[] {
  if (value === null || value === '' || value === 'Strict' || value === 'Warn' || value === 'Ignore') return []
  return [
    {
      field: 'fieldValidation',
      type: 'FieldValueNotSupported',
      value,
      detail: 'supported values: "", "Ignore", "Strict", "Warn"',
    },
  ]
}

function policyProblems(policy: unknown): FieldProblem[] {
  if (policy === undefined || policy === 'Foreground' || policy === 'Background' || policy === 'Orphan') return []
  return [
    {
      field: 'propagationPolicy',
      type: 'FieldValueNotSupported',
      value: policy,
      detail: 'supported values: "Background", "Foreground", "Orphan", "nil"',
    },
  ]
}

function graceProblems(grace: unknown): FieldProblem[] {
  if (grace === undefined || (typeof grace === 'number' && Number.isInteger(grace))) return []
  return [{ field: 'gracePeriodSeconds', type: 'FieldValueInvalid', value: grace, detail: 'must be an integer' }]
}

function preconditionsOf({ uid, resourceVersion }: Record<string, unknown>): {
  uid?: string
  resourceVersion?: string
} {
  return {
    ...(typeof uid === 'string' ? { uid } : {}),
    ...(typeof resourceVersion === 'string' ? { resourceVersion } : {}),
  }
}

function optionsProblem(kind: OptionsKind, problems: readonly FieldProblem[]): Error {
  return invalid({ group: 'meta.k8s.io', kind }, '', problems)
}

function numberOf(text: string | null): number | undefined {
  return text === null || text === '' ? undefined : Number(text)
}
