import { Suspense } from 'react'
import { LoginPage } from '#features/login/components/login-page.tsx'
import { pageTitle } from '#lib/i18n/page-title.ts'

export const generateMetadata = () => pageTitle('action.logIn')

export default function Login() {
  return (
    <Suspense>
      <LoginPage />
    </Suspense>
  )
}
