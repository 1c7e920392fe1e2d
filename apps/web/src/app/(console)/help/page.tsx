import { HelpPage } from '#features/help/components/help-page.tsx'
import { pageTitle } from '#lib/i18n/page-title.ts'

export const generateMetadata = () => pageTitle('nav.documentation')

export default function Help() {
  return <HelpPage />
}
