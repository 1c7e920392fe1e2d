import type { Metadata } from 'next'
import { Suspense } from 'react'
import { LoginPage } from '#features/login/components/login-page.tsx'

export const metadata: Metadata = { title: 'Log in' }

export default function Login() {
  return (
    <Suspense>
      <LoginPage />
    </Suspense>
  )
}
