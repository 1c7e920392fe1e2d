'use client'

import type { FieldDifference } from '@driftless/model'
import { Icon } from '@driftless/ui'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { isHandMade, valueText } from '../logic/difference-text.ts'

/** Each field that differs, with who set the live one last; what was changed by hand stands out. */
export function FieldDifferences({ differences }: { readonly differences: readonly FieldDifference[] }) {
  const t = useTranslate()
  if (differences.length === 0) return null
  return (
    <section className="border-line border-t bg-surface px-4 py-3">
      <h3 className="mb-1.5 font-medium text-12 text-text-3">{t('diff.fields', { n: differences.length })}</h3>
      <ul className="grid gap-1">
        {differences.map((difference) => (
          <li
            className="grid gap-x-3 border-line border-b py-1 last:border-0 md:grid-cols-[minmax(0,1fr)_auto]"
            key={difference.path}
          >
            <code className="break-all font-mono text-[11.5px] text-text">{difference.path}</code>
            <ManagerNote manager={difference.manager} />
            <span className="break-all font-mono text-[11.5px] text-text-3">
              <span className="text-del-fg">{valueText(difference.live, t('diff.absent'))}</span> →{' '}
              <span className="text-add-fg">{valueText(difference.desired, t('diff.absent'))}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Who set a field last. */
export function ManagerNote({ manager }: { readonly manager: string | undefined }) {
  if (manager === undefined) return <span />
  const byHand = isHandMade(manager)
  return (
    <span
      className={
        byHand
          ? 'flex items-center gap-1.5 whitespace-nowrap text-12 text-outofsync-fg'
          : 'flex items-center gap-1.5 whitespace-nowrap text-12 text-text-2'
      }
    >
      <Icon name={byHand ? 'terminal' : 'robot'} size={14} />
      {manager}
    </span>
  )
}
