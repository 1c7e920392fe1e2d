import { once } from 'node:events'
import type { KubeObject } from '@driftless/kube-objects'
import type { FieldProblem } from '../status/field-problem.ts'
import { badRequest, invalid } from '../status/kube-status.ts'
import { isObject } from '../validation/decode.ts'
import type { PodLogRequest, PodLogSource } from './pod-log-source.ts'
import { booleanParameter, integerParameter } from './query.ts'
import type { Reply } from './reply.ts'

/** Streams a container's lines as plain text. */
export async function servePodLog(
  source: PodLogSource,
  pod: KubeObject,
  query: URLSearchParams,
  reply: Reply,
): Promise<void> {
  const request = logRequest(pod, query)
  const { response } = reply
  const abort = new AbortController()
  response.on('close', () => abort.abort())
  const lines = source.open(request, abort.signal)[Symbol.asyncIterator]()
  // The first line is awaited before the head is sent, so that a refusal can still be a Status.
  let next = request.follow ? undefined : await lines.next()
  reply.begin(200, 'text/plain')
  response.flushHeaders()
  try {
    next ??= await lines.next()
    while (next.done !== true && !abort.signal.aborted) {
      if (!response.write(next.value)) await Promise.race([once(response, 'drain'), once(response, 'close')])
      next = await lines.next()
    }
  } finally {
    await lines.return?.()
  }
  response.end()
}

function logRequest(pod: KubeObject, query: URLSearchParams): PodLogRequest {
  const number = (name: string) => {
    const value = integerParameter(query, name)
    return value === undefined ? {} : { [name]: value }
  }
  checkLogOptions(query)
  const sinceTime = query.get('sinceTime')
  const container = containerOf(pod, query.get('container') ?? '')
  return {
    namespace: pod.metadata.namespace ?? '',
    pod: pod.metadata.name ?? '',
    ...(container === '' ? {} : { container }),
    follow: booleanParameter(query, 'follow'),
    previous: booleanParameter(query, 'previous'),
    timestamps: booleanParameter(query, 'timestamps'),
    ...number('tailLines'),
    ...number('sinceSeconds'),
    ...number('limitBytes'),
    ...(sinceTime === null || sinceTime === '' ? {} : { sinceTime }),
  }
}

function checkLogOptions(query: URLSearchParams): void {
  const problems: FieldProblem[] = []
  const check = (field: string, low: number, detail: string) => {
    const value = integerParameter(query, field)
    if (value !== undefined && value < low) problems.push({ field, type: 'FieldValueInvalid', value, detail })
  }
  check('tailLines', 0, 'must be greater than or equal to 0')
  check('limitBytes', 1, 'must be greater than 0')
  check('sinceSeconds', 1, 'must be greater than 0')
  if (query.get('sinceSeconds') && query.get('sinceTime')) {
    problems.push({
      field: '',
      type: 'FieldValueForbidden',
      detail: 'at most one of `sinceTime` or `sinceSeconds` may be specified',
    })
  }
  if (problems.length > 0) throw invalid({ group: '', kind: 'PodLogOptions' }, '', problems)
}

/** The container that is meant; a pod of several needs a choice. */
function containerOf(pod: KubeObject, wanted: string): string {
  const spec = isObject(pod.spec) ? pod.spec : {}
  const main = namesOf(spec.containers)
  const init = namesOf(spec.initContainers)
  const name = pod.metadata.name ?? ''
  if (wanted === '') {
    if (main.length === 1) return main[0] ?? ''
    const choices =
      init.length > 0
        ? `choose one of: [${main.join(' ')}] or one of the init containers: [${init.join(' ')}]`
        : `choose one of: [${main.join(' ')}]`
    throw badRequest(`a container name must be specified for pod ${name}, ${choices}`)
  }
  if ([...main, ...init, ...namesOf(spec.ephemeralContainers)].includes(wanted)) return wanted
  throw badRequest(`container ${wanted} is not valid for pod ${name}`)
}

function namesOf(containers: unknown): string[] {
  return Array.isArray(containers) ? containers.filter(isObject).map((container) => String(container.name)) : []
}
