import { formatKey, type ObjectKey } from '@driftless/kube-objects'
import type { AppId } from '#lib/api/keys.ts'

/** Tabs of the resource panel. */
export const resourceTabs = ['summary', 'live', 'desired', 'diff', 'events', 'logs'] as const
export type ResourceTab = (typeof resourceTabs)[number]

/** What the application page shows; the address says all of it. */
export interface PageState {
  /** Absent when the address does not say; then the window's width decides. */
  readonly view: 'tree' | 'list' | undefined
  /** The object whose panel is open. */
  readonly node: ObjectKey | undefined
  readonly tab: ResourceTab
  /** The whole page shows the differences of all objects. */
  readonly diff: boolean
  readonly history: boolean
  /** The sync panel is open: for everything, or with one object ticked (a key as `formatKey` writes it). */
  readonly deploy: string | undefined
  readonly operation: boolean
  readonly conditions: boolean
  readonly details: boolean
  readonly deleting: boolean
}

/** Reads the address of an application's page. */
export function parsePageState(params: URLSearchParams, id: AppId): PageState {
  const node = parseNode(params.get('node'))
  const tab = params.get('tab')
  const view = params.get('view')
  const details = node !== undefined && isApplication(node, id)
  return {
    view: view === 'list' || view === 'tree' ? view : undefined,
    node: details ? undefined : node,
    tab: resourceTabs.find((each) => each === tab) ?? 'summary',
    diff: node === undefined && tab === 'diff',
    history: params.has('rollback'),
    deploy: params.get('deploy') ?? undefined,
    operation: params.get('operation') === 'true',
    conditions: params.get('conditions') === 'true',
    details,
    deleting: params.get('delete') === 'true',
  }
}

/** The `node` parameter that opens an object's panel. */
export function nodeParam(key: ObjectKey): string {
  return `${formatKey(key)}/0`
}

/** The `node` parameter that opens the application's own panel. */
export function applicationNodeParam(id: AppId): string {
  return nodeParam({ group: 'argoproj.io', kind: 'Application', namespace: id.namespace, name: id.name })
}

function parseNode(text: string | null): ObjectKey | undefined {
  if (text === null) return undefined
  const [group = '', kind = '', namespace = '', name = ''] = text.split('/')
  return kind === '' || name === '' ? undefined : { group, kind, namespace, name }
}

function isApplication(key: ObjectKey, id: AppId): boolean {
  return (
    key.kind === 'Application' && key.group === 'argoproj.io' && key.name === id.name && key.namespace === id.namespace
  )
}
