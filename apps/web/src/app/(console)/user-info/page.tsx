import { AccountPage } from '#features/account/components/account-page.tsx'
import { pageTitle } from '#lib/i18n/page-title.ts'

export const generateMetadata = () => pageTitle('nav.userInfo')

export default function UserInfo() {
  return <AccountPage />
}
