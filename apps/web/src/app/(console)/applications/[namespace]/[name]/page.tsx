import type { Metadata } from 'next'
import { ApplicationPage } from '#features/application/components/application-page.tsx'

interface Route {
  readonly params: Promise<{ namespace: string; name: string }>
}

export async function generateMetadata({ params }: Route): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) }
}

export default async function Application({ params }: Route) {
  const { namespace, name } = await params
  return <ApplicationPage id={{ namespace: decodeURIComponent(namespace), name: decodeURIComponent(name) }} />
}
