import { createRedactor, type DriftlessError, redactUrls } from '@driftless/foundation'
import { GitErrors } from '../errors.ts'
import type { GitCredentials } from '../remote.ts'
import type { RepositoryUrl } from '../repository-url.ts'

/** Why a call was made, for the words of its error. */
export interface FailedCall {
  readonly url: RepositoryUrl
  readonly credentials: GitCredentials
  /** `listing references`, `fetching`. */
  readonly what: string
  /** The commit that was asked for. */
  readonly sha?: string | undefined
}

type RemoteRaiser = (params: { url: string; reason: string }) => DriftlessError

/** Words of git, libcurl, ssh and the known servers, in the order of trust. */
const meanings: readonly [RegExp, RemoteRaiser][] = [
  [/returned error: 30\d/i, GitErrors.MOVED],
  [
    /host key verification failed|no matching host key|remote host identification has changed/i,
    GitErrors.HOST_KEY_UNKNOWN,
  ],
  [
    /could not resolve (?:host|hostname|proxy)|name or service not known|temporary failure in name resolution/i,
    GitErrors.HOST_NOT_FOUND,
  ],
  [
    /ssl certificate|certificate verif|self.signed|ssl routines|gnutls|tls connect|ssl connect|ssl_error|schannel|sslv3|unable to get local issuer/i,
    GitErrors.TLS_FAILED,
  ],
  [
    /connection refused|failed to connect|couldn't connect|connection timed out|operation timed out|network is unreachable|no route to host|connection reset|empty reply from server|connection closed by|timed out after/i,
    GitErrors.CONNECTION_FAILED,
  ],
  [
    /authentication failed|could not read (?:username|password)|terminal prompts disabled|permission denied \(|invalid username or|invalid credentials|returned error: 401|http basic: access denied|bad credentials|error in libcrypto|invalid format/i,
    GitErrors.AUTHENTICATION_FAILED,
  ],
  [/returned error: 403|access denied|not authorized|forbidden/i, GitErrors.ACCESS_DENIED],
  [
    /repository not found|repository '[^']*' not found|returned error: 404|does not appear to be a git repository|not valid: is this a git repository|could not be found|project not found|does not exist|no such repository/i,
    GitErrors.REPOSITORY_NOT_FOUND,
  ],
  [
    /returned error: (?:5\d\d|429)|internal server error|bad gateway|service unavailable|hung up unexpectedly|early eof|rpc failed/i,
    GitErrors.SERVER_FAILED,
  ],
]

const missingCommit =
  /not our ref|unadvertised object|couldn't find remote ref|no such remote ref|did not send all necessary objects|not a valid object|bad object/i

/** Turns what git printed into an error that carries the server's reason and no credential. */
export function toGitError(call: FailedCall, printed: string): DriftlessError {
  const { url } = call.url
  const reason = reasonOf(call, printed)
  if (call.sha !== undefined && missingCommit.test(printed)) return GitErrors.COMMIT_MISSING({ url, sha: call.sha })
  const meaning = meanings.find(([pattern]) => pattern.test(printed))
  return meaning === undefined ? GitErrors.FAILED({ url, reason, what: call.what }) : meaning[1]({ url, reason })
}

/** Whether a server refused to hand out a commit that no reference names. */
export function isRefusedCommit(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === GitErrors.COMMIT_MISSING.code
}

const longestReason = 400

function reasonOf(call: FailedCall, printed: string): string {
  const redact = createRedactor(secretsOf(call))
  const lines = redact(printed)
    .split(/[\r\n]+/)
    .map((line) => line.replace(/^(?:fatal|error|warning|ERROR|hint): /, '').trim())
    .filter(
      (line) =>
        line !== '' &&
        !/^(?:Please make sure you have the correct|and the repository exists|Cloning into|Could not read from remote repository|\*+$|=+$|remote:\s*$)/.test(
          line,
        ),
    )
  const text = [...new Set(lines)].join('; ') || 'git gave no reason'
  return redactUrls(text.length > longestReason ? `${text.slice(0, longestReason)}…` : text)
}

/** A user name counts as a secret where it stands alone, as a token does. */
function secretsOf({ url, credentials }: FailedCall): string[] {
  const { username, ...others } = credentials
  const names = credentials.password || url.password ? [] : [username, url.username]
  return [...Object.values(others), url.password, ...names].filter((value) => typeof value === 'string')
}
