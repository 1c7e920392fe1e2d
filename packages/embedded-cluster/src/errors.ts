import { defineErrors } from '@driftless/foundation'

/** What can go wrong around an embedded cluster's directory; failures of API requests are Kubernetes Statuses instead. */
export const ClusterErrors = defineErrors('EMBEDDED_CLUSTER', {
  STORAGE_DAMAGED: {
    status: 500,
    message: (p: { file: string; line: number; reason: string }) =>
      `${p.file} is damaged at line ${p.line}: ${p.reason}; restore the file from a backup, or move the directory away to start an empty cluster`,
  },
  STORAGE_WRITE_FAILED: {
    status: 507,
    retryable: true,
    message: (p: { file: string; reason: string }) =>
      `${p.file} cannot be written: ${p.reason}; nothing of this change was stored, free some space and try again`,
  },
  DIRECTORY_IN_USE: {
    status: 409,
    message: (p: { directory: string; pid: number }) =>
      `${p.directory} is in use by the process ${p.pid}; stop it first, or choose another data directory`,
  },
  LISTEN_FAILED: {
    status: 500,
    message: (p: { name: string; reason: string }) => `cluster ${p.name} cannot listen on 127.0.0.1: ${p.reason}`,
  },
})
