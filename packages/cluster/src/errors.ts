import { defineErrors } from '@driftless/foundation'

/** What can go wrong between us and a cluster. */
export const ClusterErrors = defineErrors('CLUSTER', {
  UNREACHABLE: {
    status: 503,
    retryable: true,
    message: (p: { server: string; reason: string }) =>
      `cluster ${p.server} cannot be reached: ${p.reason}; check its address and the network between`,
  },
  REFUSED: {
    status: 400,
    message: (p: { server: string; reason: string }) =>
      `cluster ${p.server} refuses the credentials: ${p.reason}; connect it again with valid ones`,
  },
  ADDRESS_INVALID: {
    status: 400,
    message: (p: { server: string }) =>
      `"${p.server}" is no address of a Kubernetes API: write it as https://host[:port]`,
  },
  REQUEST_FAILED: {
    status: 400,
    message: (p: { request: string; reason: string }) => `${p.request}: ${p.reason}`,
  },
  KIND_UNKNOWN: {
    status: 400,
    message: (p: { server: string; kind: string }) =>
      `the cluster ${p.server} does not serve ${p.kind}: install its CustomResourceDefinition first or use a served version`,
  },
  ANSWER_INVALID: {
    status: 502,
    retryable: true,
    message: (p: { request: string; reason: string }) =>
      `${p.request} got an answer that is no Kubernetes API answer: ${p.reason}`,
  },
})
