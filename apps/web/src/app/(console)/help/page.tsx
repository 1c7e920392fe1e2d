import type { Metadata } from 'next'
import { HelpPage } from '#features/help/components/help-page.tsx'

export const metadata: Metadata = { title: 'Help' }

export default function Help() {
  return <HelpPage />
}
