'use client'

import { useTranslate } from '../i18n/use-translate.ts'
import { type Refusal, readRefusal } from './refusal.ts'

/** Reads an error of a call, worded for the reader; `undefined` for no error. */
export function useRefusal(error: unknown): Refusal | undefined {
  const t = useTranslate()
  return error === null || error === undefined ? undefined : readRefusal(error, t('error.offline'))
}
