/** How to prove who we are to a git server; every field is optional. */
export interface GitCredentials {
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly bearerToken?: string | undefined
  /** PEM text of a private key. */
  readonly sshPrivateKey?: string | undefined
  /** Skips the check of the server's certificate, or of its host key over SSH. */
  readonly insecure?: boolean | undefined
  readonly insecureIgnoreHostKey?: boolean | undefined
  /** PEM text of a client certificate and of its key. */
  readonly tlsClientCertData?: string | undefined
  readonly tlsClientCertKey?: string | undefined
  /** PEM text of the certificate authorities to trust for this server. */
  readonly caData?: string | undefined
  /** `http://`, `https://` or `socks5://` URL of a proxy. */
  readonly proxy?: string | undefined
  /** Comma-separated hosts that are reached without the proxy. */
  readonly noProxy?: string | undefined
  /** Sends the user name and password at once, without waiting to be asked. */
  readonly forceHttpBasicAuth?: boolean | undefined
}

/** A repository and how to reach it. */
export interface GitRemote {
  readonly url: string
  readonly credentials?: GitCredentials | undefined
}

/** What a commit says about itself. */
export interface CommitMetadata {
  readonly sha: string
  /** `Name <email>`. */
  readonly author: string
  /** RFC 3339 in UTC, of the authorship. */
  readonly date: string
  readonly message: string
  /** Names of the tags that point at the commit, sorted. */
  readonly tags: string[]
}

/** Names and commits that a repository advertises. */
export interface GitReferences {
  /** SHA of the default branch's commit. */
  readonly head?: string
  /** Name of the default branch, where the server tells it. */
  readonly headBranch?: string
  /** Short name → SHA. */
  readonly branches: Readonly<Record<string, string>>
  /** Short name → SHA of the commit (annotated tags are followed). */
  readonly tags: Readonly<Record<string, string>>
  /** Full name → SHA, of every reference. */
  readonly refs: Readonly<Record<string, string>>
}
