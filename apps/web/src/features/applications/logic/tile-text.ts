import type { ApplicationRow } from '@driftless/model'
import { shortRepositoryName } from '#lib/links/http-url.ts'

/** Where an application comes from, in few words: repository and path, or the chart. */
export function sourceText(row: Pick<ApplicationRow, 'repoURL' | 'path' | 'chart'>): string {
  if (row.chart !== undefined && row.chart !== '') return row.chart
  const path = row.path === undefined || row.path === '.' || row.path === '' ? '' : `/${row.path}`
  return `${shortRepositoryName(row.repoURL)}${path}`
}

/** An image without its registry: the registry says little, the tag much. */
export function shortImage(image: string): string {
  const [first = '', ...rest] = image.split('/')
  const named = rest.length > 0 && /[.:]|^localhost$/.test(first) ? rest.join('/') : image
  return named.replace(/@sha256:([0-9a-f]{7})[0-9a-f]+$/, '@$1')
}

/** The first line of a commit message. */
export function firstLine(text: string | undefined): string {
  return text?.split('\n', 1)[0] ?? ''
}
