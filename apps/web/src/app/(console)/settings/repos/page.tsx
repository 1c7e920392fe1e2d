import { RepositoriesPage } from '#features/settings/components/repositories-page.tsx'
import { pageTitle } from '#lib/i18n/page-title.ts'

export const generateMetadata = () => pageTitle('settings.repositories')

export default function Repositories() {
  return <RepositoriesPage />
}
