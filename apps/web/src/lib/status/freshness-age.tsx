'use client'

import { Age } from '@driftless/ui'
import { useTranslate } from '../i18n/use-translate.ts'
import { usePreferences } from '../preferences/provider.tsx'
import { absoluteTime, durationText, secondsSince } from '../time/age.ts'
import { useNow } from '../time/use-now.ts'
import type { Freshness } from './freshness.ts'

/** How old a status is: "4 s", "as of 74 s ago" in amber, "unreachable 26 min" in grey. */
export function FreshnessAge({ freshness, terse }: { readonly freshness: Freshness; readonly terse?: boolean }) {
  const t = useTranslate()
  const now = useNow()
  const { language } = usePreferences()
  if (freshness.at === undefined) {
    return freshness.state === 'unreachable' ? (
      <Age state="gone" text={t('age.unreachableNow')} title={freshness.reason} />
    ) : null
  }
  const age = durationText(t, secondsSince(freshness.at, now))
  const title = absoluteTime(freshness.at, language)
  switch (freshness.state) {
    case 'unreachable':
      return (
        <Age
          state="gone"
          text={terse === true ? age : t('age.unreachable', { age })}
          title={`${title} · ${freshness.reason ?? ''}`}
        />
      )
    case 'stale':
      return <Age state="stale" text={terse === true ? age : t('age.asOf', { age })} title={title} />
    default:
      return <Age text={age} title={title} />
  }
}
