import type { Metadata } from 'next'
import { AccountPage } from '#features/account/components/account-page.tsx'

export const metadata: Metadata = { title: 'User info' }

export default function UserInfo() {
  return <AccountPage />
}
