'use client'

import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { api } from '#lib/api/client.ts'
import { isUnauthenticated } from '#lib/api/refusal.ts'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'

/** Logs in and goes to `returnUrl`. */
export function useLogin(returnUrl: string) {
  const t = useTranslate()
  const attempt = useMutation({
    mutationFn: (body: { username: string; password: string }) => api.call('login', { body }),
    // A whole page load, so that nothing read before the login stays.
    onSuccess: () => window.location.assign(returnUrl),
  })
  const refusal = useRefusal(attempt.error)
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    attempt.mutate({ username: String(form.get('username') ?? ''), password: String(form.get('password') ?? '') })
  }
  const error =
    refusal === undefined ? undefined : isUnauthenticated(attempt.error) ? t('login.failed') : refusal.message
  return { onSubmit, busy: attempt.isPending || attempt.isSuccess, error }
}
