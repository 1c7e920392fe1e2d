import { SettingsPage } from '#features/settings/components/settings-page.tsx'
import { pageTitle } from '#lib/i18n/page-title.ts'

export const generateMetadata = () => pageTitle('nav.settings')

export default function Settings() {
  return <SettingsPage />
}
