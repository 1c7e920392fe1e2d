'use client'

import { cascadeFinalizer, inClusterServer } from '@driftless/model'
import { Checkbox, Input, Segments, Select } from '@driftless/ui'
import { type ReactNode, useId } from 'react'
import { useClusters, useProjects, useRepositories } from '#lib/api/inventory.ts'
import { useRefusal } from '#lib/api/use-refusal.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { type NewApplicationForm as Form, useRepositoryContents } from '../hooks/use-new-application.ts'
import { useSettled } from '../hooks/use-settled.ts'
import { fieldPaths } from '../logic/new-application.ts'
import { DetectedSource } from './detected-source.tsx'

/** The fields of a new application. */
export function NewApplicationForm({ form }: { readonly form: Form }) {
  return (
    <form
      className="grid max-w-[800px] gap-5 px-8 py-5 max-sm:px-4"
      onSubmit={(event) => {
        event.preventDefault()
        form.submit()
      }}
    >
      <General form={form} />
      <Source form={form} />
      <Destination form={form} />
      <DetectedSource form={form} />
      <button className="sr-only" tabIndex={-1} type="submit" />
    </form>
  )
}

function Section({
  title,
  note,
  children,
}: {
  readonly title: string
  readonly note?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section className="grid gap-3 border-line border-b pb-5 last-of-type:border-0">
      <h2 className="font-semibold text-14">
        {title} {note === undefined ? null : <span className="ml-1 font-normal text-12 text-text-3">{note}</span>}
      </h2>
      {children}
    </section>
  )
}

function General({ form }: { readonly form: Form }) {
  const t = useTranslate()
  const projects = useProjects()
  const automated = form.read(fieldPaths.automated) as Record<string, boolean> | undefined
  const finalizers = form.read(fieldPaths.finalizers)
  const options = (form.read(fieldPaths.syncOptions) as string[] | undefined) ?? []
  const names = (projects.data ?? []).map((project) => project.metadata.name)
  const chosen = form.readText('project')
  const hasNamespaceOption = options.includes('CreateNamespace=true')
  const setOption = (on: boolean) => {
    const next = on
      ? [...options, 'CreateNamespace=true']
      : options.filter((option) => option !== 'CreateNamespace=true')
    form.set(fieldPaths.syncOptions, next.length === 0 ? undefined : next)
  }
  return (
    <Section title={t('new.general')}>
      <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
        <Input
          autoFocus
          error={form.errorOf('name')}
          label={t('field.name')}
          onChange={(event) => form.set(fieldPaths.name, event.target.value)}
          spellCheck={false}
          value={form.readText('name')}
        />
        <Select
          error={form.errorOf('project')}
          label={t('field.projectName')}
          onChange={(event) => form.set(fieldPaths.project, event.target.value)}
          options={[...new Set([...names, chosen, 'default'])]
            .filter((name) => name !== '')
            .map((name) => ({ value: name, label: name }))}
          value={chosen}
        />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="w-full font-medium text-12 text-text-2">{t('field.syncPolicy')}</span>
        <Segments
          label={t('field.syncPolicy')}
          onChange={(value) => form.set(fieldPaths.automated, value === 'auto' ? {} : undefined)}
          segments={[
            { value: 'manual', label: t('policy.manual') },
            { value: 'auto', label: t('policy.automatic') },
          ]}
          value={automated === undefined || automated === null ? 'manual' : 'auto'}
        />
        {automated === undefined || automated === null ? null : (
          <>
            <Checkbox
              checked={automated.prune === true}
              label={t('policy.prune')}
              onChange={(event) =>
                form.set([...fieldPaths.automated, 'prune'], event.target.checked ? true : undefined)
              }
            />
            <Checkbox
              checked={automated.selfHeal === true}
              label={t('policy.selfHeal')}
              onChange={(event) =>
                form.set([...fieldPaths.automated, 'selfHeal'], event.target.checked ? true : undefined)
              }
            />
          </>
        )}
        <Checkbox
          checked={hasNamespaceOption}
          label={t('sync.createNamespace')}
          onChange={(event) => setOption(event.target.checked)}
        />
        <Checkbox
          checked={Array.isArray(finalizers) && finalizers.length > 0}
          label={t('policy.finalizer')}
          onChange={(event) => form.set(fieldPaths.finalizers, event.target.checked ? [cascadeFinalizer] : undefined)}
        />
      </div>
    </Section>
  )
}

function Source({ form }: { readonly form: Form }) {
  const t = useTranslate()
  const lists = useId()
  const repositories = useRepositories()
  const repo = form.readText('repoURL')
  const revision = form.readText('revision')
  const contents = useRepositoryContents(useSettled(repo, 400), useSettled(revision, 400))
  const unread = useRefusal(contents.referencesError ?? contents.discoveredError)
  const found = contents.discovered
  return (
    <Section note={found === undefined ? undefined : t('new.found', { n: found.length })} title={t('new.source')}>
      <Input
        error={form.errorOf('repoURL') ?? (contents.referencesError === null ? undefined : unread?.message)}
        label={t('field.repoURL')}
        list={`${lists}-repos`}
        onChange={(event) => form.set(fieldPaths.repoURL, event.target.value)}
        placeholder="https://"
        spellCheck={false}
        value={repo}
      />
      <datalist id={`${lists}-repos`}>
        {(repositories.data ?? []).map((each) => (
          <option key={each.repo} value={each.repo}>
            {each.name}
          </option>
        ))}
      </datalist>
      <div className="grid grid-cols-[250px_minmax(0,1fr)] gap-4 max-sm:grid-cols-1">
        <Input
          error={
            form.errorOf('revision') ??
            (contents.referencesError === null && contents.discoveredError !== null ? unread?.message : undefined)
          }
          hint={t('new.revisionHint')}
          icon="branch"
          label={t('field.revision')}
          list={`${lists}-revisions`}
          onChange={(event) => form.set(fieldPaths.revision, event.target.value)}
          spellCheck={false}
          value={revision}
        />
        <datalist id={`${lists}-revisions`}>
          {(contents.references?.branches ?? []).map((branch) => (
            <option key={`b-${branch}`} value={branch}>
              {t('new.branch')}
            </option>
          ))}
          {(contents.references?.tags ?? []).map((tag) => (
            <option key={`t-${tag}`} value={tag}>
              {t('new.tag')}
            </option>
          ))}
        </datalist>
        <Input
          error={form.errorOf('path')}
          hint={found !== undefined && found.length === 0 ? t('new.nothingFound') : undefined}
          icon="folder"
          label={t('field.path')}
          list={`${lists}-paths`}
          onChange={(event) => form.set(fieldPaths.path, event.target.value)}
          spellCheck={false}
          value={form.readText('path')}
        />
        <datalist id={`${lists}-paths`}>
          {(found ?? []).map((each) => (
            <option key={each.path} value={each.path}>
              {each.type}
            </option>
          ))}
        </datalist>
      </div>
    </Section>
  )
}

function Destination({ form }: { readonly form: Form }) {
  const t = useTranslate()
  const clusters = useClusters()
  const known = clusters.data ?? []
  const server = form.readText('server')
  const name = form.readText('cluster') || (known.find((cluster) => cluster.server === server)?.name ?? server)
  const names = known.map((cluster) => cluster.name)
  // Exactly one of server and name may be given.
  const choose = (chosen: string) => {
    form.set(fieldPaths.server, undefined)
    form.set(fieldPaths.cluster, chosen)
  }
  return (
    <Section title={t('new.destination')}>
      <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
        <Select
          error={form.errorOf('cluster')}
          icon="cluster"
          label={t('field.cluster')}
          onChange={(event) => choose(event.target.value)}
          options={[
            { value: '', label: t('new.chooseCluster') },
            ...[...new Set([...names, name])]
              .filter((each) => each !== '')
              .map((each) => ({ value: each, label: each })),
          ]}
          trailing={
            known.find((cluster) => cluster.name === name)?.server === inClusterServer
              ? t('new.thisCluster')
              : undefined
          }
          value={name}
        />
        <Input
          error={form.errorOf('namespace')}
          label={t('field.namespace')}
          onChange={(event) => form.set(fieldPaths.namespace, event.target.value)}
          spellCheck={false}
          value={form.readText('namespace')}
        />
      </div>
    </Section>
  )
}
