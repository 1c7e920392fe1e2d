'use client'

import type { ObjectKey } from '@driftless/kube-objects'
import type { ResourceNode } from '@driftless/model'
import { Button, Icon, IconButton, KindIcon, type Tab, Tabs } from '@driftless/ui'
import { useEffect, useState } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { isTyping } from '#lib/keyboard/use-shortcut.ts'
import { httpUrl } from '#lib/links/http-url.ts'
import { useResource } from '../hooks/use-resource.ts'
import type { PageProps } from '../logic/page-props.ts'
import type { ResourceTab } from '../logic/page-url.ts'
import { DeleteResourceDialog } from './delete-resource-dialog.tsx'
import { EventsTab } from './events-tab.tsx'
import { LogsTab } from './logs-tab.tsx'
import { ManifestTab, ResourceDiffTab } from './manifest-tabs.tsx'
import { ResourceSummary } from './resource-summary.tsx'

const logKinds = new Set(['Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'])

export interface ResourcePanelProps extends PageProps {
  readonly node: ObjectKey
  readonly nodes: readonly ResourceNode[]
}

/** One object of the application: what it is, what git says, what happened, what it logs. */
export function ResourcePanel(props: ResourcePanelProps) {
  const { id, node, nodes, state, change } = props
  const t = useTranslate()
  const resource = useResource(id, node, nodes)
  const [deleting, setDeleting] = useState(false)
  const close = () => change({ node: undefined, tab: undefined })
  useEscape(close, deleting)
  const link = resource.node?.networkingInfo?.externalURLs?.map(httpUrl).find((url) => url !== undefined)
  return (
    <aside
      aria-label={`${node.kind} ${node.name}`}
      className="z-20 flex w-[472px] max-w-full flex-none animate-panel-in flex-col border-line-strong border-l bg-surface shadow-2 max-md:absolute max-md:inset-0 max-md:w-full"
      data-testid="resource-panel"
    >
      <header className="flex items-start gap-3 px-4 pt-3 pb-2">
        <span className="grid size-9 flex-none place-items-center rounded-3 bg-hover text-text-2">
          <KindIcon kind={node.kind} size={20} />
        </span>
        <div className="min-w-0 flex-1">
          <div className="truncate text-12 text-text-3">
            {node.kind}
            {node.namespace === '' ? '' : ` · ${t('panel.in', { namespace: node.namespace })}`}
          </div>
          <h2 className="break-all font-semibold text-14">{node.name}</h2>
        </div>
        {link === undefined ? null : (
          <a
            aria-label={t('panel.open')}
            className="grid size-7 place-items-center rounded-2 text-text-2 hover:bg-hover"
            href={link}
            rel="noreferrer noopener"
            target="_blank"
          >
            <Icon name="external" />
          </a>
        )}
        <IconButton icon="x" label={t('action.close')} onClick={close} />
      </header>
      <div className="flex gap-2 px-4 pb-2">
        {resource.managed === undefined ? null : (
          <Button icon="sync" onClick={() => change({ deploy: resource.param }, 'push')} size="sm">
            {t('panel.sync')}
          </Button>
        )}
        <span className="flex-1" />
        <Button
          disabled={resource.node === undefined && resource.live === undefined}
          icon="trash"
          kind="danger"
          onClick={() => setDeleting(true)}
          size="sm"
        >
          {t('action.delete')}
        </Button>
      </div>
      <Tabs
        label={t('panel.tabs')}
        onChange={(tab) => change({ tab: tab === 'summary' ? undefined : tab })}
        tabs={useTabs(node, resource)}
        value={state.tab}
      />
      <div className="min-h-0 flex-1 overflow-auto" role="tabpanel">
        <PanelBody {...props} resource={resource} tab={state.tab} />
      </div>
      <DeleteResourceDialog
        id={id}
        key={resource.param}
        managed={resource.managed !== undefined}
        node={node}
        onClose={() => setDeleting(false)}
        onDone={close}
        open={deleting}
        project={props.application.spec.project}
        version={resource.version}
      />
    </aside>
  )
}

function useTabs(node: ObjectKey, resource: ReturnType<typeof useResource>): Tab<ResourceTab>[] {
  const t = useTranslate()
  const tabs: ResourceTab[] = ['summary', 'live']
  if (resource.managed !== undefined) tabs.push('desired', 'diff')
  tabs.push('events')
  if (logKinds.has(node.kind)) tabs.push('logs')
  return tabs.map((value) => ({ value, label: t(`tab.${value}`) }))
}

function PanelBody(
  props: ResourcePanelProps & { readonly tab: ResourceTab; readonly resource: ReturnType<typeof useResource> },
) {
  const { id, node, tab, resource, change } = props
  const t = useTranslate()
  switch (tab) {
    case 'summary':
      return (
        <ResourceSummary
          application={props.application}
          nodes={props.nodes}
          onOpen={(param) => change({ node: param, tab: undefined }, 'push')}
          resource={resource}
        />
      )
    case 'live':
      return (
        <ManifestTab
          absent={t('manifest.noLive')}
          error={resource.error}
          loading={resource.loading}
          object={resource.live}
          title={t('tab.live')}
        />
      )
    case 'desired':
      return (
        <ManifestTab
          absent={t('manifest.noDesired')}
          error={resource.error}
          loading={resource.loading}
          object={resource.desired}
          title={t('tab.desired')}
        />
      )
    case 'diff':
      return <ResourceDiffTab loading={resource.loading} managed={resource.managed} />
    case 'events':
      return <EventsTab id={id} node={node} uid={resource.node?.uid ?? resource.uid} />
    case 'logs':
      return <LogsTab id={id} key={resource.param} live={resource.live} node={node} />
  }
}

/** Esc closes the panel unless a dialog, a menu or a field has it. */
function useEscape(onEscape: () => void, busy: boolean): void {
  useEffect(() => {
    if (busy) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || isTyping(event.target)) return
      if (document.querySelector('[role="dialog"],[role="menu"]') === null) onEscape()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [onEscape, busy])
}
