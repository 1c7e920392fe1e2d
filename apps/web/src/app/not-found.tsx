import { NotFoundPage } from '#features/frame/components/not-found-page.tsx'

export default function NotFound() {
  return <NotFoundPage />
}
