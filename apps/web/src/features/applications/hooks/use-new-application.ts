'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { api } from '#lib/api/client.ts'
import { keys } from '#lib/api/keys.ts'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { parseApplicationYaml } from '#lib/yaml/application-yaml.ts'
import {
  type FieldName,
  fieldPaths,
  missingFields,
  readField,
  refusedField,
  startingText,
  writeField,
} from '../logic/new-application.ts'

/** The document of an application that is about to be created; form and editor both change it. */
export function useNewApplication(prefill: string, namespace: string) {
  const t = useTranslate()
  const client = useQueryClient()
  const router = useRouter()
  const [text, setText] = useState(() => startingText(prefill, { namespace }))
  const [tried, setTried] = useState(false)
  const parsed = useMemo(() => parseApplicationYaml(text), [text])
  const missing = useMemo(() => new Set(parsed.ok ? missingFields(parsed.application) : []), [parsed])
  const create = useMutation({
    mutationFn: () => {
      if (!parsed.ok) throw new Error(parsed.problem.message)
      return api.call('createApplication', { body: parsed.application })
    },
    onSuccess: (created) => {
      void client.invalidateQueries({ queryKey: keys.applications })
      router.push(
        `/applications/${encodeURIComponent(created.metadata.namespace ?? namespace)}/${encodeURIComponent(created.metadata.name)}`,
      )
    },
  })
  const refusal = useRefusal(create.error)
  const refused = refusal === undefined ? undefined : refusedField(refusal.fields, refusal.message)
  const errorOf = (name: FieldName): string | undefined => {
    if (tried && missing.has(name)) return t('field.required')
    return refused === name ? refusal?.message : undefined
  }
  const set = (path: readonly (string | number)[], value: unknown) => {
    if (create.isError) create.reset()
    setText((current) => writeField(current, path, value))
  }
  return {
    text,
    setText: (next: string) => {
      if (create.isError) create.reset()
      setText(next)
    },
    read: (path: readonly (string | number)[]) => readField(text, path),
    readText: (name: FieldName) => {
      const value = readField(text, fieldPaths[name])
      return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    },
    set,
    problem: parsed.ok ? undefined : parsed.problem,
    errorOf,
    /** A refusal that no field is to blame for. */
    refusal: refused === undefined ? refusal?.message : undefined,
    refusedAnything: refusal?.message,
    busy: create.isPending || create.isSuccess,
    submit: () => {
      setTried(true)
      if (parsed.ok && missing.size === 0) create.mutate()
    },
  }
}

export type NewApplicationForm = ReturnType<typeof useNewApplication>

/** Branches, tags and directories of a repository, for choosing. */
export function useRepositoryContents(repo: string, revision: string) {
  const known = repo.trim() !== ''
  const references = useQuery({
    queryKey: keys.references(repo),
    queryFn: ({ signal }) => api.call('listReferences', { params: { repo }, signal }),
    enabled: known,
    retry: false,
  })
  const discovered = useQuery({
    queryKey: keys.discovered(repo, revision),
    queryFn: async ({ signal }) =>
      (await api.call('discoverApplications', { params: { repo }, query: { revision }, signal })).items,
    enabled: known && revision !== '',
    retry: false,
  })
  return {
    references: references.data,
    referencesError: references.error,
    discovered: discovered.data,
    discoveredError: discovered.error,
  }
}

/** What a directory holds: the tool, its values files, parameters and images. */
export function useSourceDetails(source: { repoURL: string; path: string; targetRevision: string }, project: string) {
  const ready = source.repoURL !== '' && source.path !== ''
  return useQuery({
    queryKey: ['details', source, project],
    queryFn: ({ signal }) =>
      api.call('getAppDetails', { params: { repo: source.repoURL }, body: { source, appProject: project }, signal }),
    enabled: ready,
    retry: false,
  })
}
