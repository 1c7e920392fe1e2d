import { defineErrors } from '@driftless/foundation'

export const RepositoryErrors = defineErrors('REPOSITORY', {
  TYPE_UNSUPPORTED: {
    status: 400,
    message: (p: { type: string }) =>
      `repositories of type "${p.type}" cannot be connected yet: connect a git repository (type "git")`,
  },
  URL_MISMATCH: {
    status: 400,
    message: (p: { path: string; body: string }) =>
      `the path names repository ${p.path}, the body ${p.body}: send the same in both`,
  },
})
