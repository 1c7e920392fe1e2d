/** The address when it is http or https, else `undefined`: user text never becomes another kind of link. */
export function httpUrl(text: string | undefined): string | undefined {
  if (text === undefined || !/^https?:\/\//i.test(text)) return undefined
  try {
    const url = new URL(text)
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined
  } catch {
    return undefined
  }
}

/** A repository as a reader knows it: host and path without scheme, credentials and `.git`. */
export function repositoryName(repoURL: string): string {
  return repoURL
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[^/@]*@/, '')
    .replace(/\.git$/, '')
}

/** The path part of a repository, or its host when it has none. */
export function shortRepositoryName(repoURL: string): string {
  const name = repositoryName(repoURL)
  const cut = name.search(/[/:](?!\d+\/)/)
  return cut < 0 || cut === name.length - 1 ? name : name.slice(cut + 1)
}
