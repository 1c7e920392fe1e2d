'use client'

import type { ResourceDiff } from '@driftless/model'
import { Button, Checkbox, CodeBlock, DiffView, EmptyState, Segments, Skeleton, useToast } from '@driftless/ui'
import { useMemo, useState } from 'react'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { manifestText, withoutManagedFields } from '#lib/yaml/manifest-text.ts'
import { diffSides } from '../logic/diff-sides.ts'
import { FieldDifferences } from './field-differences.tsx'

export interface ManifestTabProps {
  readonly object: Record<string, unknown> | undefined
  readonly title: string
  readonly absent: string
  readonly loading: boolean
  readonly error: unknown
}

/** An object as YAML. */
export function ManifestTab({ object, title, absent, loading, error }: ManifestTabProps) {
  const t = useTranslate()
  const toast = useToast()
  const refusal = useRefusal(object === undefined ? error : undefined)
  const [hide, setHide] = useState(true)
  const text = useMemo(
    () => (object === undefined ? '' : manifestText(hide ? withoutManagedFields(object) : object)),
    [object, hide],
  )
  if (refusal !== undefined)
    return (
      <EmptyState icon="error" title={t('manifest.unread')}>
        {refusal.message}
      </EmptyState>
    )
  if (object === undefined) return loading ? <Loading /> : <EmptyState icon="file" title={absent} />
  const copy = () =>
    void navigator.clipboard.writeText(text).then(() => toast({ tone: 'synced', title: t('manifest.copied') }))
  return (
    <div className="flex h-full flex-col">
      <div className="flex flex-none items-center gap-3 border-line border-b px-4 py-1">
        <Checkbox
          checked={hide}
          label={t('manifest.hideManaged')}
          onChange={(event) => setHide(event.target.checked)}
        />
        <span className="flex-1" />
        <Button icon="copy" kind="ghost" onClick={copy} size="sm">
          {t('action.copy')}
        </Button>
      </div>
      <CodeBlock className="min-h-0 flex-1" label={title} text={text} />
    </div>
  )
}

/** What differs between the live object and what git says. */
export function ResourceDiffTab({
  managed,
  loading,
}: {
  readonly managed: ResourceDiff | undefined
  readonly loading: boolean
}) {
  const t = useTranslate()
  const [mode, setMode] = useState<'inline' | 'split'>('inline')
  const sides = useMemo(() => (managed === undefined ? undefined : diffSides(managed)), [managed])
  if (sides === undefined || managed === undefined)
    return loading ? <Loading /> : <EmptyState icon="diff" title={t('diff.unmanaged')} />
  if (sides.live === sides.desired)
    return (
      <EmptyState icon="synced" title={t('diff.none')}>
        {t('diff.noneHint')}
      </EmptyState>
    )
  return (
    <>
      <div className="flex items-center gap-2 border-line border-b px-4 py-1.5">
        <Segments
          label={t('diff.mode')}
          onChange={setMode}
          segments={[
            { value: 'inline', label: t('diff.inline') },
            { value: 'split', label: t('diff.split') },
          ]}
          value={mode}
        />
      </div>
      <DiffView
        foldLabel={(n) => t('diff.fold', { n })}
        left={sides.live}
        leftTitle={t('diff.live')}
        mode={mode}
        right={sides.desired}
        rightTitle={t('diff.desired')}
      />
      <FieldDifferences differences={managed.differences ?? []} />
    </>
  )
}

function Loading() {
  return (
    <div aria-busy="true" className="grid gap-2 p-4">
      <Skeleton width="40%" />
      <Skeleton width="60%" />
      <Skeleton width="50%" />
    </div>
  )
}
