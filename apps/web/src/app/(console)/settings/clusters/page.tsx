import { ClustersPage } from '#features/settings/components/clusters-page.tsx'
import { pageTitle } from '#lib/i18n/page-title.ts'

export const generateMetadata = () => pageTitle('settings.clusters')

export default function Clusters() {
  return <ClustersPage />
}
