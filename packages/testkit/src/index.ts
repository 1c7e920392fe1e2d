// The front door of @driftless/testkit: explicit names only.
export type { GitChange, GitTag } from './git-server/bare-repository.ts'
export {
  type GitServer,
  type GitServerFailure,
  type GitServerOptions,
  type GitServerRequest,
  hasGitHttpBackend,
  startGitServer,
} from './git-server/git-server.ts'
