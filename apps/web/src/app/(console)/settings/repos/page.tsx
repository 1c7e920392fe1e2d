import type { Metadata } from 'next'
import { RepositoriesPage } from '#features/settings/components/repositories-page.tsx'

export const metadata: Metadata = { title: 'Repositories' }

export default function Repositories() {
  return <RepositoriesPage />
}
