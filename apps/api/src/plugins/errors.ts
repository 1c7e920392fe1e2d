import type { ErrorBody, Route } from '@driftless/contract'
import { DriftlessError, redactUrls } from '@driftless/foundation'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'

/** A refusal as it goes over the wire. */
export interface Refusal {
  readonly status: number
  readonly body: ErrorBody
}

const codeByStatus: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  408: 1,
  409: 6,
  413: 8,
  415: 3,
  422: 3,
  429: 8,
  501: 12,
  502: 14,
  503: 14,
  504: 4,
}

/** Catalogue errors whose gRPC code is not the usual one of their status (spec: api §1). */
const codeByError: Readonly<Record<string, number>> = {
  APPLICATION_CONFLICT: 10,
  APPLICATION_OPERATION_RUNNING: 9,
  APPLICATION_DELETING: 9,
  APPLICATION_ROLLBACK_AUTOMATED: 9,
  APPLICATION_REVISION_AUTOMATED: 9,
}

/** A part of a request that does not follow the route's schema. */
export class RequestInvalid extends Error {
  override readonly name = 'RequestInvalid'
  readonly fields: readonly { path: string; message: string }[]
  constructor(part: string, issues: readonly z.core.$ZodIssue[]) {
    const fields = issues.map((issue) => ({
      path: [part, ...issue.path.map(String)].join('.'),
      message: issue.message,
    }))
    super(`invalid request: ${fields.map((field) => `${field.path}: ${field.message}`).join('; ')}`)
    this.fields = fields
  }
}

/** Checks one part of a request. Throws `RequestInvalid`. */
export function parsePart(part: 'params' | 'query' | 'body', schema: Route['body'], value: unknown): unknown {
  if (schema === undefined) return undefined
  const result = schema.safeParse(value)
  if (!result.success) throw new RequestInvalid(part, result.error.issues)
  return result.data
}

/** Turns anything thrown into a refusal; what is not an expected error says nothing of its inside. */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof DriftlessError) return fromCatalogue(thrown)
  if (thrown instanceof RequestInvalid) return refusal(400, thrown.message, { fields: [...thrown.fields] })
  if (isFastifyError(thrown)) return fromFastify(thrown)
  return refusal(500, 'internal error: the server log has the reason under this request id')
}

/** Answers every error with one shape of body, and logs what the caller cannot act on. */
export function registerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const { status, body } = refusalOf(error)
    if (error instanceof DriftlessError && status >= 500) request.log.warn({ reason: error.code }, error.message)
    else if (status >= 500) request.log.error({ err: error }, 'request failed')
    return reply.code(status).send(body)
  })
}

/** The body for a path that nothing serves. */
export function notFoundBody(path: string): ErrorBody {
  return refusal(404, `Not Found: ${path.slice(0, 200)}`).body
}

function fromCatalogue(error: DriftlessError): Refusal {
  const { status, body } = refusal(error.status, error.message, { reason: error.code, ...error.place })
  return { status, body: { ...body, code: codeByError[error.code] ?? body.code } }
}

function fromFastify(error: FastifyError): Refusal {
  const status = error.statusCode ?? 500
  if (status === 415) return refusal(415, 'Invalid content type')
  if (status >= 500) return refusal(500, 'internal error: the server log has the reason under this request id')
  return refusal(status, error.message)
}

function refusal(status: number, message: string, details?: ErrorBody['details']): Refusal {
  const text = redactUrls(message)
  return {
    status,
    body: {
      error: text,
      code: codeByStatus[status] ?? 13,
      message: text,
      ...(details === undefined ? {} : { details }),
    },
  }
}

function isFastifyError(thrown: unknown): thrown is FastifyError {
  return thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number'
}
