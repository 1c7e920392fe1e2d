import { type ReactNode, Suspense } from 'react'
import { Frame } from '#features/frame/components/frame.tsx'

export default function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  return (
    <Suspense>
      <Frame>{children}</Frame>
    </Suspense>
  )
}
