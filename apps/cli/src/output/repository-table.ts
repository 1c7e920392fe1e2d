import type { Repository } from '@driftless/model'
import { formatTable } from './table.ts'

/** Repositories as `repo list` shows them. */
export function formatRepositories(repositories: readonly Repository[]): string {
  const headers = ['TYPE', 'NAME', 'REPO', 'INSECURE', 'OCI', 'LFS', 'CREDS', 'STATUS', 'MESSAGE', 'PROJECT']
  const rows = repositories.map((repository) => [
    repository.type,
    repository.name ?? '',
    repository.repo,
    String(repository.insecure ?? false),
    String(repository.type === 'oci'),
    String(repository.enableLfs ?? false),
    String(repository.hasCredentials ?? false),
    repository.connectionState?.status ?? '',
    repository.connectionState?.message ?? '',
    repository.project ?? '',
  ])
  return formatTable(headers, rows)
}
