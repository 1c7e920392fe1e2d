'use client'

import { useToast } from '@driftless/ui'
import { useMemo, useState } from 'react'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { parseApplicationYaml } from '#lib/yaml/application-yaml.ts'
import { manifestText } from '#lib/yaml/manifest-text.ts'
import type { PageProps } from '../logic/page-props.ts'

/** The application's manifest while it is edited: only what a reader may change is shown and saved. */
export function useManifestEditor({ application, actions }: PageProps) {
  const t = useTranslate()
  const toast = useToast()
  const saved = useMemo(() => manifestText(editable(application)), [application])
  const [draft, setDraft] = useState<string>()
  const text = draft ?? saved
  const parsed = useMemo(() => parseApplicationYaml(text), [text])
  const refusal = useRefusal(actions.save.error)
  const error = !parsed.ok
    ? parsed.problem
    : refusal === undefined || draft === undefined
      ? undefined
      : { message: refusal.message, line: refusal.line }
  const save = () => {
    if (!parsed.ok) return
    actions.save.mutate(
      // Status and identity are the server's; labels, annotations, finalizers and spec are the reader's.
      {
        ...application,
        metadata: { ...application.metadata, ...parsed.application.metadata },
        spec: parsed.application.spec,
      },
      {
        onSuccess: () => {
          setDraft(undefined)
          toast({ tone: 'synced', title: t('details.saved') })
        },
      },
    )
  }
  return {
    text,
    changed: draft !== undefined && draft !== saved,
    error,
    setText: setDraft,
    reset: () => {
      setDraft(undefined)
      actions.save.reset()
    },
    save,
  }
}

function editable({
  apiVersion = 'argoproj.io/v1alpha1',
  kind = 'Application',
  metadata,
  spec,
}: PageProps['application']) {
  const { name, namespace, labels, annotations, finalizers } = metadata
  return { apiVersion, kind, metadata: { name, namespace, labels, annotations, finalizers }, spec }
}
