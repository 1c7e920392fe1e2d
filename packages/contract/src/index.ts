// The front door of @driftless/contract: explicit names only.
export {
  ApiError,
  type Client,
  type ClientOptions,
  createClient,
  type InputOf,
  type OutputOf,
  urlOf,
} from './client.ts'
export { type ErrorBody, errorBody } from './error-body.ts'
export { createOpenApiDocument } from './openapi.ts'
export type { Access, Delivery, Route } from './route.ts'
export type {
  ApplicationPage,
  ApplicationSearch,
  OperationRecord,
  SyncRequest,
} from './routes/applications.ts'
export { type RouteName, type Routes, routes } from './routes/index.ts'
