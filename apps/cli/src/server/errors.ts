import { defineErrors } from '@driftless/foundation'

/** Errors of reaching a server. */
export const ServerErrors = defineErrors('SERVER', {
  UNSPECIFIED: {
    status: 400,
    message: () => 'no server is known: log in with `driftless login SERVER`, or say --server or ARGOCD_SERVER',
  },
  ADDRESS: {
    status: 400,
    message: (p: { address: string }) =>
      `${JSON.stringify(p.address)} is no address of a server; write host, host:port or an http(s) URL`,
  },
  UNREACHABLE: {
    status: 502,
    message: (p: { url: string; reason: string }) => `${p.url} cannot be reached: ${p.reason}`,
  },
  NOT_TLS: {
    status: 502,
    message: (p: { address: string }) => `${p.address} does not speak TLS; say --plaintext if that is right`,
  },
  CONFIG_MODE: {
    status: 400,
    message: (p: { path: string; mode: string }) =>
      `${p.path} holds tokens and has mode ${p.mode}, so that others may read it: chmod 600 it`,
  },
  CONFIG_INVALID: {
    status: 400,
    message: (p: { path: string; reason: string }) => `${p.path} is no list of contexts: ${p.reason}`,
  },
  NO_CONTEXT: { status: 404, message: (p: { name: string }) => `Context '${p.name}' undefined` },
})
