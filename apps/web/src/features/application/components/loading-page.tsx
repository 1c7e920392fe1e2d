import { Skeleton, TopBar } from '@driftless/ui'
import type { ReactNode } from 'react'

/** The application page while the application is read. */
export function LoadingPage({ title, crumbs }: { readonly title: string; readonly crumbs: readonly ReactNode[] }) {
  return (
    <>
      <TopBar crumbs={crumbs} title={title} />
      <div aria-busy="true" className="grid grid-cols-2 gap-4 border-line border-b px-4 py-3 md:grid-cols-4">
        {['a', 'b', 'c', 'd'].map((key) => (
          <div className="grid gap-2" key={key}>
            <Skeleton width={70} />
            <Skeleton width={130} />
            <Skeleton width={100} />
          </div>
        ))}
      </div>
    </>
  )
}
