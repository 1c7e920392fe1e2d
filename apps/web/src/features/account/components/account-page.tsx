'use client'

import { Button, Input, TopBar, useToast } from '@driftless/ui'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '#lib/api/client.ts'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { useSession } from '#lib/session/session.ts'

/** Who is logged in; local accounts change their password here. */
export function AccountPage() {
  const t = useTranslate()
  const session = useSession()
  const local = session.data?.iss === undefined || session.data.iss === 'argocd'
  return (
    <>
      <TopBar title={t('nav.userInfo')} />
      <div className="grid max-w-[560px] gap-6 overflow-y-auto p-6 max-sm:p-4">
        <dl className="grid grid-cols-[120px_minmax(0,1fr)] gap-y-2 [&_dt]:text-text-3">
          <dt>{t('login.username')}</dt>
          <dd className="font-medium">{session.data?.username}</dd>
          <dt>{t('account.issuer')}</dt>
          <dd>{local ? t('account.local') : session.data?.iss}</dd>
          {(session.data?.groups ?? []).length === 0 ? null : (
            <>
              <dt>{t('account.groups')}</dt>
              <dd className="break-words">{session.data?.groups?.join(', ')}</dd>
            </>
          )}
        </dl>
        {local ? <PasswordForm /> : null}
      </div>
    </>
  )
}

function PasswordForm() {
  const t = useTranslate()
  const toast = useToast()
  const [differ, setDiffer] = useState(false)
  const update = useMutation({
    mutationFn: (body: { currentPassword: string; newPassword: string }) => api.call('changePassword', { body }),
    onSuccess: () => toast({ tone: 'synced', title: t('account.updated') }),
  })
  const refusal = useRefusal(update.error)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const newPassword = String(data.get('new') ?? '')
    if (newPassword !== String(data.get('again') ?? '')) return setDiffer(true)
    setDiffer(false)
    update.mutate(
      { currentPassword: String(data.get('current') ?? ''), newPassword },
      { onSuccess: () => form.reset() },
    )
  }
  const current = refusal !== undefined && /current|incorrect|wrong|401/i.test(refusal.message)
  return (
    <form className="grid gap-4 border-line border-t pt-5" onSubmit={submit}>
      <h2 className="font-semibold text-14">{t('account.updatePassword')}</h2>
      <Input
        autoComplete="current-password"
        error={current ? refusal.message : undefined}
        label={t('account.current')}
        name="current"
        required
        type="password"
      />
      <Input
        autoComplete="new-password"
        error={current ? undefined : refusal?.message}
        label={t('account.new')}
        name="new"
        required
        type="password"
      />
      <Input
        autoComplete="new-password"
        error={differ ? t('account.differ') : undefined}
        label={t('account.again')}
        name="again"
        required
        type="password"
      />
      <p className="text-12 text-text-3">{t('account.endsOthers')}</p>
      <div>
        <Button busy={update.isPending} kind="primary" type="submit">
          {t('account.updatePassword')}
        </Button>
      </div>
    </form>
  )
}
