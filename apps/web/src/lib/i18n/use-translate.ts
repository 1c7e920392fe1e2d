'use client'

import { useMemo } from 'react'
import { usePreferences } from '../preferences/provider.tsx'
import { createTranslate, type Translate } from './translate.ts'

const made = new Map<string, Translate>()

/** Gives the function that words everything in the chosen language. */
export function useTranslate(): Translate {
  const { language } = usePreferences()
  return useMemo(() => {
    const known = made.get(language) ?? createTranslate(language)
    made.set(language, known)
    return known
  }, [language])
}
