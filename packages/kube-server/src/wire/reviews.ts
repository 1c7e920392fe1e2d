import { type KubeObject, parseApiVersion } from '@driftless/kube-objects'
import { isObject } from '../validation/decode.ts'

/** Answers questions about access; undefined when the path is none of them. Whoever is authenticated may do everything. */
export function answerReview(
  at: { group: string; plural: string },
  body: unknown,
  access: Access,
): KubeObject | undefined {
  const answer = answers[`${at.group}/${at.plural}`]
  if (answer === undefined || !isObject(body)) return undefined
  const metadata = isObject(body.metadata) ? body.metadata : {}
  const request = {
    ...body,
    apiVersion: String(body.apiVersion),
    kind: String(body.kind),
    metadata: { ...metadata, creationTimestamp: undefined },
  }
  if (parseApiVersion(request.apiVersion).group !== at.group) return undefined
  return { ...request, status: answer(body, access) }
}

/** Who asks, and how others are recognised. */
export interface Access {
  user: string
  authenticate: (authorization: string | undefined) => { user: string } | undefined
}

const everything = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }]

const answers: Readonly<Record<string, (body: Record<string, unknown>, access: Access) => object>> = {
  'authorization.k8s.io/selfsubjectaccessreviews': () => allowed,
  'authorization.k8s.io/subjectaccessreviews': () => allowed,
  'authorization.k8s.io/localsubjectaccessreviews': () => allowed,
  'authorization.k8s.io/selfsubjectrulesreviews': () => ({
    resourceRules: everything,
    nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
    incomplete: false,
  }),
  'authentication.k8s.io/selfsubjectreviews': (_, { user }) => ({ userInfo: userInfo(user) }),
  'authentication.k8s.io/tokenreviews': ({ spec }, { authenticate }) => {
    const found = authenticate(`Bearer ${isObject(spec) ? String(spec.token) : ''}`)
    return found === undefined ? { user: {} } : { authenticated: true, user: userInfo(found.user) }
  },
}

const allowed = { allowed: true, reason: 'every authenticated user may do everything' }

function userInfo(username: string): object {
  return { username, groups: ['system:masters', 'system:authenticated'] }
}
