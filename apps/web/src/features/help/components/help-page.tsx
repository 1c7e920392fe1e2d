'use client'

import { routes } from '@driftless/contract'
import { Kbd, TopBar } from '@driftless/ui'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { useVersion } from '#lib/session/session.ts'

/** What the statuses and keys mean, which versions run, and every route of the API. */
export function HelpPage() {
  const t = useTranslate()
  const version = useVersion()
  const versions = Object.entries(version.data ?? {})
  return (
    <>
      <TopBar title={t('nav.documentation')} />
      <div className="grid content-start gap-6 overflow-y-auto p-6 max-sm:p-4">
        <section className="grid gap-2">
          <h2 className="font-semibold text-14">{t('help.keys')}</h2>
          <p className="text-text-2">
            {t('help.keysText')} <Kbd>?</Kbd>
          </p>
        </section>
        <section className="grid gap-2">
          <h2 className="font-semibold text-14">{t('help.versions')}</h2>
          <dl className="grid grid-cols-[160px_minmax(0,1fr)] gap-y-1 [&_dt]:text-text-3">
            {versions.map(([name, value]) => (
              <div className="contents" key={name}>
                <dt>{name}</dt>
                <dd className="font-mono text-12">{value}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section className="grid gap-2">
          <h2 className="font-semibold text-14">{t('help.api')}</h2>
          <ul className="grid gap-1">
            {Object.entries(routes).map(([name, route]) => (
              <li
                className="grid grid-cols-[60px_minmax(0,1fr)] gap-x-2 border-line border-b py-1 md:grid-cols-[60px_minmax(0,1fr)_minmax(0,1fr)]"
                key={name}
              >
                <code className="font-mono text-12 text-text-3">{route.method}</code>
                <code className="break-all font-mono text-12">{route.path}</code>
                <span className="text-12 text-text-2 max-md:col-start-2" lang="en">
                  {route.summary}
                </span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  )
}
