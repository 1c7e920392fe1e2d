'use client'

import { DiffView, KindIcon } from '@driftless/ui'
import { useMemo } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { isHandMade, lineOfPath, linesByPath } from '../logic/difference-text.ts'
import type { DifferingObject } from '../logic/differing-objects.ts'
import { FieldDifferences, ManagerNote } from './field-differences.tsx'

/** One object's differences, with who set each differing field last. */
export function ObjectDiff({
  object,
  mode,
  fold,
}: {
  readonly object: DifferingObject
  readonly mode: 'split' | 'inline'
  readonly fold: boolean
}) {
  const t = useTranslate()
  const { resource } = object
  const annotations = useMemo(() => {
    const live = linesByPath(object.live)
    const desired = linesByPath(object.desired)
    return new Map(
      (resource.differences ?? []).flatMap((difference) => {
        if (difference.manager === undefined) return []
        const onRight = lineOfPath(desired, difference.path)
        const onLeft = live.get(difference.path)
        const at = onLeft === undefined ? (onRight === undefined ? undefined : `r${onRight}`) : `l${onLeft}`
        return at === undefined
          ? []
          : [[at, <ManagerNote key={difference.path} manager={difference.manager} />] as const]
      }),
    )
  }, [object, resource.differences])
  const byHand = (resource.differences ?? []).filter(
    (difference) => difference.manager !== undefined && isHandMade(difference.manager),
  ).length
  return (
    <>
      <div className="flex h-10 items-center gap-2 border-line border-b bg-bg px-4">
        <KindIcon kind={resource.kind} />
        <b className="truncate font-semibold">{resource.name}</b>
        <span className="truncate text-12 text-text-3">
          {resource.group === undefined || resource.group === '' ? resource.kind : `${resource.group}/${resource.kind}`}{' '}
          · {resource.namespace}
        </span>
        <span className="flex-1" />
        <span className="whitespace-nowrap text-12 text-text-3">
          {t('diff.fields', { n: resource.differences?.length ?? 0 })}
          {byHand > 0 ? <span className="text-outofsync-fg"> · {t('diff.byHand', { n: byHand })}</span> : null}
        </span>
      </div>
      <DiffView
        annotations={annotations}
        annotationTitle={t('diff.lastChangedBy')}
        fold={fold}
        foldLabel={(n) => t('diff.fold', { n })}
        left={object.live}
        leftTitle={t('diff.live')}
        mode={mode}
        right={object.desired}
        rightTitle={t('diff.desired')}
      />
      <FieldDifferences differences={resource.differences ?? []} />
    </>
  )
}
