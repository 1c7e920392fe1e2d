'use client'

import type { Application } from '@driftless/model'
import { isAutomated, sourcesOf } from '@driftless/model'
import { Button, CodeEditor, Panel, Tabs } from '@driftless/ui'
import { type ReactNode, useState } from 'react'
import type { MessageKey } from '#lib/i18n/translate.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { httpUrl } from '#lib/links/http-url.ts'
import { usePreferences } from '#lib/preferences/provider.tsx'
import { absoluteTime } from '#lib/time/age.ts'
import { useManifestEditor } from '../hooks/use-manifest-editor.ts'
import type { PageProps } from '../logic/page-props.ts'
import { EventsTab } from './events-tab.tsx'

const tabs = ['summary', 'manifest', 'events'] as const

/** The application's own settings: in words, as YAML that can be saved, and its events. */
export function DetailsPanel(props: PageProps) {
  const { id, application, change } = props
  const t = useTranslate()
  const [tab, setTab] = useState<(typeof tabs)[number]>('summary')
  const editor = useManifestEditor(props)
  const close = () => change({ node: undefined, tab: undefined })
  return (
    <Panel
      closeLabel={t('action.close')}
      footer={
        tab === 'manifest' ? (
          <>
            <span className="flex-1 text-12 text-text-3">{editor.changed ? t('details.unsaved') : ''}</span>
            <Button disabled={!editor.changed} onClick={editor.reset}>
              {t('action.cancel')}
            </Button>
            <Button
              busy={props.actions.save.isPending}
              disabled={!editor.changed}
              icon="save"
              kind="primary"
              onClick={editor.save}
            >
              {t('action.save')}
            </Button>
          </>
        ) : undefined
      }
      onClose={close}
      open
      subtitle={`${id.namespace}/${id.name}`}
      title={t('details.title')}
      width={640}
    >
      <div className="flex h-full flex-col">
        <Tabs
          label={t('details.title')}
          onChange={setTab}
          tabs={tabs.map((value) => ({ value, label: t(`details.${value}`) }))}
          value={tab}
        />
        <div className="min-h-0 flex-1 overflow-auto" role="tabpanel">
          {tab === 'summary' ? <Summary application={application} /> : null}
          {tab === 'manifest' ? (
            <CodeEditor
              className="h-full p-3"
              error={editor.error}
              label={t('details.manifest')}
              onChange={editor.setText}
              value={editor.text}
            />
          ) : null}
          {tab === 'events' ? <EventsTab id={id} uid={undefined} /> : null}
        </div>
      </div>
    </Panel>
  )
}

function Summary({ application }: { readonly application: Application }) {
  const t = useTranslate()
  const { language } = usePreferences()
  const { metadata, spec, status } = application
  const policy = spec.syncPolicy
  return (
    <dl className="grid grid-cols-[132px_minmax(0,1fr)] gap-x-4 gap-y-2 p-5 [&_dt]:text-text-3">
      <Fact label="field.project">{spec.project}</Fact>
      <Fact label="field.cluster">{spec.destination.name ?? spec.destination.server}</Fact>
      <Fact label="field.namespace">{spec.destination.namespace}</Fact>
      {metadata.creationTimestamp === undefined ? null : (
        <Fact label="summary.created">{absoluteTime(metadata.creationTimestamp, language)}</Fact>
      )}
      {sourcesOf(spec).map((source) => (
        <SourceFacts key={`${source.repoURL}-${source.path}-${source.ref}`} source={source} />
      ))}
      <Fact label="field.syncPolicy">
        {t(isAutomated(spec) ? 'policy.automatic' : 'policy.manual')}
        {policy?.automated?.prune === true ? ` · ${t('policy.prune')}` : ''}
        {policy?.automated?.selfHeal === true ? ` · ${t('policy.selfHeal')}` : ''}
      </Fact>
      {(policy?.syncOptions ?? []).length === 0 ? null : (
        <Fact label="sync.options">{policy?.syncOptions?.join(', ')}</Fact>
      )}
      <Labels label="details.labels" values={metadata.labels} />
      <Labels label="details.annotations" values={metadata.annotations} />
      {(status?.summary?.images ?? []).map((image) => (
        <Fact key={image} label="summary.image">
          <code className="break-all font-mono text-12">{image}</code>
        </Fact>
      ))}
      {(status?.summary?.externalURLs ?? []).map((url) => (
        <Fact key={url} label="details.url">
          <MaybeLink text={url} />
        </Fact>
      ))}
    </dl>
  )
}

function SourceFacts({ source }: { readonly source: ReturnType<typeof sourcesOf>[number] }) {
  return (
    <>
      <Fact label="field.repoURL">
        <MaybeLink text={source.repoURL} />
      </Fact>
      <Fact label="field.revision">
        <code className="font-mono text-12">{source.targetRevision || 'HEAD'}</code>
      </Fact>
      {source.chart === undefined ? (
        <Fact label="field.path">
          <code className="font-mono text-12">{source.path ?? '.'}</code>
        </Fact>
      ) : (
        <Fact label="field.chart">
          <code className="font-mono text-12">{source.chart}</code>
        </Fact>
      )}
    </>
  )
}

function Labels({
  label,
  values,
}: {
  readonly label: MessageKey
  readonly values: Readonly<Record<string, string>> | undefined
}) {
  const entries = Object.entries(values ?? {})
  if (entries.length === 0) return null
  return (
    <Fact label={label}>
      {entries.map(([name, value]) => (
        <code className="block truncate font-mono text-12" key={name} title={`${name}=${value}`}>
          {name}={value}
        </code>
      ))}
    </Fact>
  )
}

function MaybeLink({ text }: { readonly text: string }) {
  const url = httpUrl(text)
  if (url === undefined) return <span className="break-all">{text}</span>
  return (
    <a className="break-all text-accent-text hover:underline" href={url} rel="noreferrer noopener" target="_blank">
      {text}
    </a>
  )
}

function Fact({ label, children }: { readonly label: MessageKey; readonly children: ReactNode }) {
  const t = useTranslate()
  return (
    <>
      <dt>{t(label)}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}
