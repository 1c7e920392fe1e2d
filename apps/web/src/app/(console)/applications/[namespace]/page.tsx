import { ApplicationRedirect } from '#features/application/components/application-redirect.tsx'

interface Route {
  readonly params: Promise<{ namespace: string }>
}

/** Older links name the application alone. */
export default async function OlderApplicationLink({ params }: Route) {
  return <ApplicationRedirect name={decodeURIComponent((await params).namespace)} />
}
