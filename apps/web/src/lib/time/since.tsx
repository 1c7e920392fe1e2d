'use client'

import { Age } from '@driftless/ui'
import { useTranslate } from '../i18n/use-translate.ts'
import { usePreferences } from '../preferences/provider.tsx'
import { absoluteTime, agoText, durationText, secondsSince } from './age.ts'
import { useNow } from './use-now.ts'

export interface SinceProps {
  /** RFC 3339. */
  readonly at: string
  /** `ago` says "6 min ago", `plain` says "6 min". */
  readonly form?: 'ago' | 'plain'
}

/** How long ago something was; the absolute time is its title. */
export function Since({ at, form = 'plain' }: SinceProps) {
  const t = useTranslate()
  const now = useNow()
  const { language } = usePreferences()
  const text = form === 'ago' ? agoText(t, at, now) : durationText(t, secondsSince(at, now))
  return <Age text={text} title={absoluteTime(at, language)} />
}
