'use client'

import { formatKey, type ObjectKey } from '@driftless/kube-objects'
import { measures, type TreeBox } from '@driftless/resource-tree'
import { classNames, Icon, KindIcon, MiddleText, StatusIcon, toneClass } from '@driftless/ui'
import { memo } from 'react'
import type { AppId } from '#lib/api/keys.ts'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import { presentHealth, presentSync } from '#lib/status/tones.ts'
import { Since } from '#lib/time/since.tsx'
import { boxTestId, nodeFacts, shortKind } from '../logic/node-facts.ts'
import { nodeKey } from '../logic/node-key.ts'
import { applicationNodeParam, nodeParam } from '../logic/page-url.ts'

export interface TreeBoxViewProps {
  readonly box: TreeBox
  readonly id: AppId
  readonly selected: ObjectKey | undefined
  readonly onOpen: (param: string) => void
  readonly onToggleBranch: (id: string) => void
  readonly onToggleGroup: (id: string) => void
}

/** One box of the tree: opens its object's panel, or its group; the button at its edge folds its branch. */
export const TreeBoxView = memo(function TreeBoxView({
  box,
  id,
  selected,
  onOpen,
  onToggleBranch,
  onToggleGroup,
}: TreeBoxViewProps) {
  const t = useTranslate()
  const chosen =
    box.node !== undefined && selected !== undefined && formatKey(nodeKey(box.node)) === formatKey(selected)
  const open = () => {
    if (box.type === 'application') onOpen(applicationNodeParam(id))
    else if (box.node !== undefined) onOpen(nodeParam(nodeKey(box.node)))
    else onToggleGroup(box.id)
  }
  return (
    <div className="group absolute" style={{ left: box.x, top: box.y, width: box.width, height: box.height }}>
      <button
        className={classNames(
          'flex h-full w-full cursor-pointer items-center gap-2 rounded-[6px] border bg-surface pr-2 pl-1.5 text-left shadow-1 hover:bg-hover',
          box.red ? 'border-degraded-solid' : 'border-line-strong',
          chosen && 'bg-degraded-bg outline-2 outline-focus outline-offset-1',
          chosen && !box.red && 'bg-accent-bg!',
          box.type === 'group' &&
            'shadow-[0_3px_0_-1px_var(--surface),0_3px_0_0_var(--line-strong),0_6px_0_-2px_var(--surface),0_6px_0_-1px_var(--line-strong)]',
        )}
        data-testid={boxTestId(box, id)}
        onClick={open}
        type="button"
      >
        <BoxFace box={box} id={id} />
      </button>
      {box.childCount > 0 && box.type !== 'application' ? (
        <button
          aria-expanded={!box.collapsed}
          aria-label={t(box.collapsed ? 'tree.expand' : 'tree.collapse')}
          className={classNames(
            'absolute top-1/2 -right-2 grid h-4 min-w-4 -translate-y-1/2 cursor-pointer place-items-center rounded-full border border-line-strong bg-surface px-0.5 text-[10px] text-text-3 leading-none hover:text-text',
            // Out of the way until it is wanted; a folded branch always says so.
            !box.collapsed && 'opacity-0 focus-visible:opacity-100 group-hover:opacity-100',
          )}
          onClick={() => onToggleBranch(box.id)}
          type="button"
        >
          {box.collapsed ? `+${box.childCount}` : <Icon name="minus" size={12} />}
        </button>
      ) : null}
    </div>
  )
})

function BoxFace({ box, id }: { readonly box: TreeBox; readonly id: AppId }) {
  const t = useTranslate()
  const kind = box.type === 'application' ? 'Application' : ((box.node ?? box.nodes?.[0])?.kind ?? '')
  return (
    <>
      <span
        className={classNames(
          'grid size-7 flex-none place-items-center rounded-[5px]',
          box.red ? 'bg-degraded-bg text-degraded-fg' : 'bg-hover text-text-2',
        )}
      >
        <KindIcon kind={kind} />
      </span>
      <span className="grid min-w-0 flex-1">
        <BoxName box={box} id={id} kind={kind} />
        <BoxNote box={box} kind={kind} />
        {box.type === 'pods' ? <PodSquares box={box} /> : null}
      </span>
      <span className="flex flex-none gap-1 self-start pt-3.5">
        {box.health === undefined ? null : (
          <StatusIcon
            icon={presentHealth(box.health).icon}
            label={t(presentHealth(box.health).key)}
            size={14}
            tone={presentHealth(box.health).tone}
          />
        )}
        {box.sync === undefined ? null : (
          <StatusIcon
            icon={presentSync(box.sync).icon}
            label={t(presentSync(box.sync).key)}
            size={14}
            tone={presentSync(box.sync).tone}
          />
        )}
      </span>
    </>
  )
}

function BoxName({ box, id, kind }: { readonly box: TreeBox; readonly id: AppId; readonly kind: string }) {
  const t = useTranslate()
  const count = box.nodes?.length ?? 0
  const name = 'flex min-w-0 font-medium text-12 leading-4'
  if (box.type === 'pods') return <span className={name}>{t('tree.pods', { n: count })}</span>
  if (box.type === 'group') {
    return (
      <span className={name}>
        {kind}
        <span className="ml-1 text-text-3">×{count}</span>
      </span>
    )
  }
  return (
    <span className={name}>
      <MiddleText tail={5} text={box.type === 'application' ? id.name : (box.node?.name ?? '')} />
    </span>
  )
}

function BoxNote({ box, kind }: { readonly box: TreeBox; readonly kind: string }) {
  const t = useTranslate()
  const note = 'truncate text-11 text-text-3 leading-[14px]'
  if (box.type === 'pods') return null
  if (box.type === 'application') return <span className={note}>{t('tree.app')}</span>
  if (box.node === undefined) return <span className={note}>{shortKind(kind)}</span>
  const facts = nodeFacts(box.node)
  if (box.hook === true) facts.push('⚓')
  return (
    <span className={note}>
      {box.requiresPruning === true ? <span className="text-del-fg">{t('tree.prune')} · </span> : null}
      {facts.join(' · ')}
      {box.node.createdAt === undefined ? null : (
        <>
          {' · '}
          <span className="[&>span]:text-11">
            <Since at={box.node.createdAt} />
          </span>
        </>
      )}
    </span>
  )
}

function PodSquares({ box }: { readonly box: TreeBox }) {
  return (
    <span className="mt-1 flex flex-wrap gap-[3px]" style={{ width: measures.podsPerRow * 12 }}>
      {box.nodes?.map((node) => (
        <span
          className={classNames(
            toneClass[presentHealth(node.health?.status).tone],
            'size-[9px] rounded-[2px] bg-tone-solid',
          )}
          key={node.uid ?? node.name}
          title={node.name}
        />
      ))}
    </span>
  )
}
