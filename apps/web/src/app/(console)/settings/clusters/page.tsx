import type { Metadata } from 'next'
import { ClustersPage } from '#features/settings/components/clusters-page.tsx'

export const metadata: Metadata = { title: 'Clusters' }

export default function Clusters() {
  return <ClustersPage />
}
