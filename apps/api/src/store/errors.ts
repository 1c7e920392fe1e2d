import { defineErrors } from '@driftless/foundation'

/** What can go wrong with the database and the things kept in it. */
export const StoreErrors = defineErrors('STORE', {
  LOCKED: {
    status: 503,
    message: (p: { directory: string; pid: number }) =>
      `the database in ${p.directory} is in use by process ${p.pid}: stop that process, or choose another DRIFTLESS_DATA_DIR`,
  },
  IN_USE: {
    status: 503,
    retryable: true,
    message: () =>
      'another Driftless runs on this database: stop it first; one process at a time compares and syncs its applications',
  },
  UNREACHABLE: {
    status: 503,
    retryable: true,
    message: (p: { target: string; reason: string }) =>
      `cannot open the database ${p.target}: ${p.reason}. Check that the server runs and that DATABASE_URL is right`,
  },
  KEY_MISSING: {
    status: 500,
    message: (p: { keyId: string }) =>
      `a stored credential was encrypted with key ${p.keyId}, which is not among the keys: put that key back beside the current one`,
  },
  SECRET_DAMAGED: {
    status: 500,
    message: () =>
      'a stored credential cannot be decrypted: it was changed outside Driftless, or its key file was replaced. Enter the credential again',
  },
  KEY_FILE_INVALID: {
    status: 500,
    message: (p: { source: string }) =>
      `${p.source} does not hold encryption keys: it must have one line a key, each 32 bytes in base64`,
  },
  REPOSITORY_EXISTS: {
    status: 400,
    message: () => 'existing repository spec is different; use upsert flag to force update',
  },
  REPOSITORY_NOT_FOUND: { status: 404, message: (p: { url: string }) => `repo '${p.url}' not found` },
  CLUSTER_EXISTS: {
    status: 400,
    message: () => 'existing cluster spec is different; use upsert flag to force update',
  },
  CLUSTER_NAME_TAKEN: {
    status: 409,
    message: (p: { name: string; server: string }) =>
      `cluster name "${p.name}" belongs to ${p.server} already: choose another name`,
  },
  CLUSTER_NOT_FOUND: { status: 404, message: (p: { id: string }) => `cluster "${p.id}" not found` },
  CLUSTER_EMBEDDED: {
    status: 400,
    message: (p: { name: string }) =>
      `cluster "${p.name}" runs inside Driftless and cannot be changed here: take it out of DRIFTLESS_EMBEDDED_CLUSTERS instead`,
  },
  PROJECT_NOT_FOUND: { status: 404, message: (p: { name: string }) => `appprojects.argoproj.io "${p.name}" not found` },
  ACCOUNT_NOT_FOUND: { status: 404, message: (p: { name: string }) => `account '${p.name}' does not exist` },
})
