import type { AdvertisedReference } from './driver.ts'
import type { GitReferences } from './remote.ts'

/** Arranges what a server advertises: branches, tags (followed to their commits) and every full name. */
export function arrangeReferences(advertised: readonly AdvertisedReference[]): GitReferences {
  const peeled = new Map(
    advertised.filter(({ name }) => name.endsWith('^{}')).map(({ name, sha }) => [name.slice(0, -3), sha]),
  )
  const named = advertised.filter(({ name }) => name.startsWith('refs/') && !name.endsWith('^{}'))
  const under = (prefix: string) =>
    Object.fromEntries(
      named.flatMap(({ name, sha }) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length), peeled.get(name) ?? sha]] : [],
      ),
    )
  const head = advertised.find(({ name }) => name === 'HEAD')
  const headBranch = head?.symbolic?.startsWith('refs/heads/') ? head.symbolic.slice('refs/heads/'.length) : undefined
  return {
    ...(head === undefined ? {} : { head: head.sha }),
    ...(headBranch === undefined ? {} : { headBranch }),
    branches: under('refs/heads/'),
    tags: under('refs/tags/'),
    refs: Object.fromEntries(named.map(({ name, sha }) => [name, peeled.get(name) ?? sha])),
  }
}
