import type { Metadata } from 'next'
import { ApplicationsPage } from '#features/applications/components/applications-page.tsx'

export const metadata: Metadata = { title: 'Applications' }

export default function Applications() {
  return <ApplicationsPage />
}
