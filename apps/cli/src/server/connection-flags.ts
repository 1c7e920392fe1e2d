import { text, texts, toggle } from '../flags/flag.ts'

/** Flags of every command that talks to a server. */
export const connectionFlags = {
  server: text('address of the server: host:port or a URL', { placeholder: 'ADDRESS' }),
  'auth-token': text('token to authenticate with', { placeholder: 'TOKEN' }),
  insecure: toggle('skips the check of the server’s certificate'),
  plaintext: toggle('talks without TLS'),
  'server-crt': text('file of certificates to trust', { placeholder: 'FILE' }),
  config: text('file that keeps contexts', { placeholder: 'FILE' }),
  'argocd-context': text('context of the file to use', { placeholder: 'NAME' }),
  header: texts('further header of every request, "Name: value"', { short: 'H', placeholder: 'HEADER' }),
  // Transport choices of Argo CD's gRPC client; accepted so that scripts go on working.
  'grpc-web': toggle('has no effect: everything travels over HTTP'),
  'grpc-web-root-path': text('path under which the server answers', { placeholder: 'PATH' }),
  'prompts-enabled': toggle('has no effect: questions are asked on a terminal only'),
  loglevel: text('has no effect', { initial: 'info', placeholder: 'LEVEL' }),
  logformat: text('has no effect', { initial: 'json', placeholder: 'FORMAT' }),
}
