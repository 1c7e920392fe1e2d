import { type KubeObject, parseApiVersion } from '@driftless/kube-objects'
import { type FieldProblem, formatProblem } from './field-problem.ts'

/** A `metav1.Status`. */
export type StatusObject = KubeObject & { code: number; reason?: string; message?: string; details?: StatusDetails }

/** `details` of a Status. */
export interface StatusDetails {
  name?: string
  group?: string
  kind?: string
  uid?: string
  causes?: StatusCause[]
  retryAfterSeconds?: number
}

/** One cause of a refusal. */
export interface StatusCause {
  reason?: string
  message: string
  field?: string
}

/** Group and plural of a resource, as Status messages name it. */
export interface ResourceName {
  group: string
  plural: string
}

/** A refusal of the API; carries the Status that a client receives. */
export class KubeStatusError extends Error {
  override readonly name = 'KubeStatusError'
  readonly status: StatusObject

  constructor(fields: { code: number; reason?: string; message: string; details?: StatusDetails }) {
    super(fields.message)
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: fields.message,
      ...(fields.reason === undefined ? {} : { reason: fields.reason }),
      ...(fields.details === undefined ? {} : { details: fields.details }),
      code: fields.code,
    }
  }
}

/** `configmaps` or `deployments.apps`. */
export function qualifiedResource(resource: ResourceName): string {
  return resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`
}

/** 404 of an object. */
export function notFound(resource: ResourceName, name: string): KubeStatusError {
  return new KubeStatusError({
    code: 404,
    reason: 'NotFound',
    message: `${qualifiedResource(resource)} ${quote(name)} not found`,
    details: detailsOf(resource, name),
  })
}

/** 409 of a name that is taken, if only until its owner is gone. */
export function alreadyExists(resource: ResourceName, name: string, deleting = false): KubeStatusError {
  return new KubeStatusError({
    code: 409,
    reason: 'AlreadyExists',
    message: `${deleting ? 'object is being deleted: ' : ''}${qualifiedResource(resource)} ${quote(name)} already exists`,
    details: detailsOf(resource, name),
  })
}

/** 409 of a generateName that led to taken names only. */
export function noUniqueName(resource: ResourceName, name: string): KubeStatusError {
  return new KubeStatusError({
    code: 409,
    reason: 'AlreadyExists',
    message: `${qualifiedResource(resource)} ${quote(name)} already exists, the server was not able to generate a unique name for the object`,
    details: { ...detailsOf(resource, name), retryAfterSeconds: 1 },
  })
}

/** 409 of a write against another state than the caller saw. */
export function conflict(resource: ResourceName, name: string, reason: string): KubeStatusError {
  return new KubeStatusError({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${qualifiedResource(resource)} ${quote(name)}: ${reason}`,
    details: detailsOf(resource, name),
  })
}

/** 403 of an object. */
export function forbidden(
  resource: ResourceName,
  name: string,
  reason: string,
  causes?: StatusCause[],
): KubeStatusError {
  const subject =
    name === ''
      ? `${qualifiedResource(resource)} is forbidden`
      : `${qualifiedResource(resource)} ${quote(name)} is forbidden`
  return new KubeStatusError({
    code: 403,
    reason: 'Forbidden',
    message: `${subject}: ${reason}`,
    details: { ...detailsOf(resource, name), ...(causes === undefined ? {} : { causes }) },
  })
}

/** 422 with one cause a problem. */
export function invalid(
  kind: { group: string; kind: string },
  name: string,
  problems: readonly FieldProblem[],
): KubeStatusError {
  const qualified = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`
  const texts = [...new Set(problems.map((problem) => `${problem.field}: ${formatProblem(problem)}`))]
  return new KubeStatusError({
    code: 422,
    reason: 'Invalid',
    message: `${qualified} ${quote(name)} is invalid: ${texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`}`,
    details: {
      ...(name === '' ? {} : { name }),
      ...(kind.group === '' ? {} : { group: kind.group }),
      ...(kind.kind === '' ? {} : { kind: kind.kind }),
      causes: problems.map((problem) => ({
        reason: problem.type,
        message: formatProblem(problem),
        field: problem.field,
      })),
    },
  })
}

/** 400 with a message of one's own. */
export function badRequest(message: string): KubeStatusError {
  return new KubeStatusError({ code: 400, reason: 'BadRequest', message })
}

/** 400 of a body that does not decode into the kind. */
export function undecodable(
  object: { apiVersion: string; kind: string },
  target: string,
  reason: string,
): KubeStatusError {
  const { version } = parseApiVersion(object.apiVersion)
  return badRequest(`${object.kind} in version ${quote(version)} cannot be handled as a ${target}: ${reason}`)
}

/** 500 without a reason, as the server words errors that have no Status of their own. */
export function unclassified(message: string): KubeStatusError {
  return new KubeStatusError({ code: 500, message })
}

/** 410 of a resourceVersion that has left the window. */
export function expired(message: string): KubeStatusError {
  return new KubeStatusError({ code: 410, reason: 'Expired', message })
}

/** The generic answers that go with a status code alone. */
export function generic(code: 401 | 404 | 405 | 406 | 413 | 415 | 422, message?: string): KubeStatusError {
  const [reason, text] = genericAnswers[code]
  return new KubeStatusError({
    code,
    reason,
    message: message ?? text,
    ...(code === 404 || code === 405 || code === 422 ? { details: {} } : {}),
  })
}

const genericAnswers = {
  401: ['Unauthorized', 'Unauthorized'],
  404: ['NotFound', 'the server could not find the requested resource'],
  405: ['MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  406: ['NotAcceptable', 'only the following media types are accepted: application/json, application/yaml'],
  413: ['RequestEntityTooLarge', 'Request entity too large: limit is 3145728'],
  415: [
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  ],
  422: ['Invalid', 'the server rejected our request due to an error in our request'],
} as const

function detailsOf(resource: ResourceName, name: string): StatusDetails {
  return {
    ...(name === '' ? {} : { name }),
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.plural,
  }
}

/** Quotes like Go's `%q` for the texts that occur in names and messages. */
export function quote(text: string): string {
  return JSON.stringify(text)
}
