'use client'

import { Button, Input, Mark, Wordmark } from '@driftless/ui'
import { useSearchParams } from 'next/navigation'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { PreferenceLinks } from '#lib/preferences/links.tsx'
import { safeReturnUrl } from '#lib/session/return-url.ts'
import { useSettings, useVersion } from '#lib/session/session.ts'
import { useLogin } from '../hooks/use-login.ts'
import { Contours } from './contours.tsx'

/** Logs in with a local account; a refusal stands beside the password and says nothing about whether the user exists. */
export function LoginPage() {
  const t = useTranslate()
  const returnUrl = safeReturnUrl(useSearchParams().get('return_url'))
  const login = useLogin(returnUrl)
  const settings = useSettings()
  const version = useVersion()
  return (
    <main className="relative grid min-h-dvh place-items-center overflow-hidden bg-sunken p-4">
      <Contours />
      <div className="relative w-[398px] max-w-full rounded-4 border border-line bg-surface px-9 pt-9 pb-6 shadow-3 max-sm:px-5">
        <div className="flex items-center gap-3">
          <Mark size={32} />
          <Wordmark height={24} />
        </div>
        <h1 className="sr-only">{t('login.title')}</h1>
        <p className="mt-2 mb-7 text-text-2">{t('login.motto')}</p>
        {settings.data?.userLoginsDisabled === true ? (
          <p className="text-text-2">{t('login.disabled')}</p>
        ) : (
          <form className="grid gap-4" method="post" onSubmit={login.onSubmit}>
            <Input autoComplete="username" autoFocus label={t('login.username')} name="username" required />
            <Input
              autoComplete="current-password"
              error={login.error}
              label={t('login.password')}
              name="password"
              required
              type="password"
            />
            <Button busy={login.busy} kind="primary" size="lg" type="submit">
              {t('action.logIn')}
            </Button>
          </form>
        )}
        <p className="mt-5 min-h-8 text-12 text-text-3">
          {returnUrl === '/applications' ? null : (
            <>
              {t('login.returnTo')} <code className="break-all text-text-2">{returnUrl}</code>
            </>
          )}
        </p>
      </div>
      <footer className="absolute inset-x-0 bottom-5 flex flex-wrap items-center justify-center gap-x-6 gap-y-1 text-12 text-text-3">
        {version.data === undefined ? null : <span>{version.data.Version}</span>}
        <PreferenceLinks />
      </footer>
    </main>
  )
}
