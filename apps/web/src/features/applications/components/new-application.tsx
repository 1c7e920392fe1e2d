'use client'

import { Banner, BarDivider, Button, CodeBlock, CodeEditor, Segments, TopBar } from '@driftless/ui'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { useSettings } from '#lib/session/session.ts'
import { useNewApplication } from '../hooks/use-new-application.ts'
import { NewApplicationForm } from './new-application-form.tsx'

/** A new application as a form beside its YAML: one document, and what Create sends. */
export function NewApplication({ prefill }: { readonly prefill: string }) {
  const settings = useSettings()
  // The document names the namespace, so it begins when that is known.
  if (settings.data === undefined && !settings.isError) return null
  return <Editor namespace={settings.data?.controllerNamespace ?? 'argocd'} prefill={prefill} />
}

function Editor({ prefill, namespace }: { readonly prefill: string; readonly namespace: string }) {
  const t = useTranslate()
  const router = useRouter()
  const form = useNewApplication(prefill, namespace)
  const [mode, setMode] = useState<'form' | 'yaml'>('form')
  const cancel = () => router.push('/applications')
  return (
    <>
      <TopBar
        crumbs={[
          <Link href="/applications" key="applications">
            {t('nav.applications')}
          </Link>,
        ]}
        title={t('new.title')}
      >
        <Segments
          label={t('new.mode')}
          onChange={setMode}
          segments={[
            { value: 'form', label: t('new.form'), icon: 'details' },
            { value: 'yaml', label: t('new.yaml'), icon: 'file' },
          ]}
          value={mode}
        />
        <BarDivider />
        <Button onClick={cancel}>{t('action.cancel')}</Button>
        <Button
          busy={form.busy}
          disabled={form.problem !== undefined}
          disabledReason={form.problem?.message}
          icon="plus"
          kind="primary"
          onClick={form.submit}
        >
          {t('action.create')}
        </Button>
      </TopBar>
      <div className="flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
        <div className="min-h-0 min-w-0 flex-1 md:overflow-y-auto">
          {form.refusal === undefined ? null : (
            <div className="px-8 pt-4 max-sm:px-4">
              <Banner icon="error" title={t('new.refused')} tone="degraded">
                <span className="whitespace-pre-wrap">{form.refusal}</span>
              </Banner>
            </div>
          )}
          {mode === 'form' ? (
            <NewApplicationForm form={form} />
          ) : (
            <CodeEditor
              className="h-full min-h-[420px] p-4"
              error={
                form.problem ?? (form.refusedAnything === undefined ? undefined : { message: form.refusedAnything })
              }
              label={t('new.yaml')}
              onChange={form.setText}
              value={form.text}
            />
          )}
        </div>
        <aside className="flex w-[528px] flex-none flex-col gap-3 border-line border-l bg-surface p-5 max-lg:w-[380px] max-md:w-full max-md:border-t max-md:border-l-0">
          <h2 className="font-semibold text-14">{t('new.preview')}</h2>
          <CodeBlock
            className="min-h-0 flex-1 rounded-3 border border-line"
            label={t('new.preview')}
            marked={form.problem?.line === undefined ? [] : [form.problem.line]}
            text={form.text}
          />
          <p className="text-12 text-text-3">{t('new.oneDocument')}</p>
        </aside>
      </div>
    </>
  )
}
