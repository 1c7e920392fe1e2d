import type { RepositoryInput } from '@driftless/model'

/** What the connect panel holds. */
export interface ConnectForm {
  readonly type: 'git' | 'helm' | 'oci'
  readonly name: string
  readonly project: string
  readonly url: string
  readonly username: string
  readonly password: string
  readonly insecure: boolean
  readonly enableLfs: boolean
}

export const emptyConnectForm: ConnectForm = {
  type: 'git',
  name: '',
  project: '',
  url: '',
  username: '',
  password: '',
  insecure: false,
  enableLfs: false,
}

/** What the server is sent; what was left empty is not sent. */
export function toRepositoryInput(form: ConnectForm): RepositoryInput {
  const filled = (value: string) => (value.trim() === '' ? undefined : value.trim())
  const name = filled(form.name)
  const project = filled(form.project)
  const username = filled(form.username)
  return {
    repo: form.url.trim(),
    type: form.type,
    ...(name === undefined ? {} : { name }),
    ...(project === undefined ? {} : { project }),
    ...(username === undefined ? {} : { username }),
    // A password may begin or end with a space.
    ...(form.password === '' ? {} : { password: form.password }),
    ...(form.insecure ? { insecure: true } : {}),
    ...(form.enableLfs ? { enableLfs: true } : {}),
  }
}

/** Which field a refused connection is about. */
export function connectField(message: string): 'url' | 'password' | 'tls' {
  if (/certificate|x509|self.signed|tls/i.test(message)) return 'tls'
  return /auth|credential|password|denied|40[13]/i.test(message) ? 'password' : 'url'
}
