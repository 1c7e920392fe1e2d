import { ApplicationsPage } from '#features/applications/components/applications-page.tsx'
import { pageTitle } from '#lib/i18n/page-title.ts'

export const generateMetadata = () => pageTitle('nav.applications')

export default function Applications() {
  return <ApplicationsPage />
}
