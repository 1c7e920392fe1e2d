import { defineErrors } from '@driftless/foundation'

interface Remote {
  /** The repository's URL without user information. */
  readonly url: string
}

interface RemoteFailure extends Remote {
  /** What git or the server said, without credentials. */
  readonly reason: string
}

/** Everything that can go wrong between a repository and us. */
export const GitErrors = defineErrors('GIT', {
  URL_REFUSED: {
    status: 400,
    message: (p: RemoteFailure) => `the repository URL ${p.url} is not accepted: ${p.reason}`,
  },
  CREDENTIALS_REFUSED: {
    status: 400,
    message: (p: RemoteFailure) => `the credentials for ${p.url} cannot be used: ${p.reason}`,
  },
  AUTHENTICATION_FAILED: {
    status: 400,
    message: (p: RemoteFailure) =>
      `authentication failed for ${p.url}: ${p.reason}; check the user name, password, token or key in Settings → Repositories`,
  },
  ACCESS_DENIED: {
    status: 400,
    message: (p: RemoteFailure) =>
      `${p.url} refuses access: ${p.reason}; the credentials are known but may not read this repository`,
  },
  REPOSITORY_NOT_FOUND: {
    status: 400,
    message: (p: RemoteFailure) =>
      `repository ${p.url} not found: ${p.reason}; check the URL, and the credentials if the repository is private`,
  },
  HOST_NOT_FOUND: {
    status: 502,
    retryable: true,
    message: (p: RemoteFailure) =>
      `the host of ${p.url} cannot be found: ${p.reason}; check the URL and the name server`,
  },
  CONNECTION_FAILED: {
    status: 502,
    retryable: true,
    message: (p: RemoteFailure) => `cannot connect to ${p.url}: ${p.reason}`,
  },
  TLS_FAILED: {
    status: 502,
    message: (p: RemoteFailure) =>
      `the secure connection to ${p.url} failed: ${p.reason}; add the server's certificate authority or correct the certificate`,
  },
  HOST_KEY_UNKNOWN: {
    status: 502,
    message: (p: RemoteFailure) =>
      `the SSH host key of ${p.url} is not trusted: ${p.reason}; add it to the known hosts`,
  },
  MOVED: {
    status: 400,
    message: (p: RemoteFailure) =>
      `${p.url} answers with a redirect that cannot be followed: ${p.reason}; use the address it redirects to`,
  },
  SERVER_FAILED: {
    status: 502,
    retryable: true,
    message: (p: RemoteFailure) => `the git server of ${p.url} failed: ${p.reason}`,
  },
  TIMEOUT: {
    status: 504,
    retryable: true,
    message: (p: Remote & { what: string; seconds: number }) =>
      `${p.what} of ${p.url} took longer than ${p.seconds} s and was stopped`,
  },
  TOO_LARGE: {
    status: 400,
    message: (p: Remote & { what: string; limit: number }) =>
      `${p.what} of ${p.url} is larger than the limit of ${p.limit} bytes`,
  },
  FILE_TOO_LARGE: {
    status: 400,
    message: (p: Remote & { path: string; size: number; limit: number }) =>
      `${p.path} in ${p.url} has ${p.size} bytes, more than the limit of ${p.limit}`,
  },
  REVISION_UNKNOWN: {
    status: 400,
    message: (p: Remote & { revision: string; closest?: string | undefined }) =>
      `unable to resolve '${p.revision}' to a commit SHA: ${p.url} has no such branch, tag or commit${
        p.closest === undefined ? '' : `; did you mean '${p.closest}'?`
      }`,
  },
  REVISION_AMBIGUOUS: {
    status: 400,
    message: (p: Remote & { revision: string; candidates: readonly string[] }) =>
      `'${p.revision}' may mean ${p.candidates.join(' or ')} in ${p.url}; write more of the SHA`,
  },
  CONSTRAINT_UNMATCHED: {
    status: 400,
    message: (p: Remote & { constraint: string; tags: number; prefix: string }) =>
      `no tag of ${p.url} satisfies '${p.constraint}' (${p.tags} tags${p.prefix === '' ? '' : ` that begin with '${p.prefix}'`} were considered)`,
  },
  COMMIT_MISSING: {
    status: 400,
    message: (p: Remote & { sha: string }) =>
      `commit ${p.sha} is not in ${p.url}; it may have been removed by a forced push: refresh to resolve the revision again`,
  },
  REPOSITORY_EMPTY: {
    status: 400,
    message: (p: Remote) => `${p.url} is empty: push a first commit`,
  },
  FAILED: {
    status: 502,
    message: (p: RemoteFailure & { what: string }) => `${p.what} of ${p.url} failed: ${p.reason}`,
  },
})
