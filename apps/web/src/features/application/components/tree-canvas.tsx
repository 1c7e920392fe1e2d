'use client'

import { BarDivider, Button, classNames, EmptyState, IconButton } from '@driftless/ui'
import { useCallback, useMemo, useRef } from 'react'
import { useTranslate } from '#lib/i18n/use-translate.ts'
import type { TreeView } from '../hooks/use-tree-view.ts'
import { useViewport } from '../hooks/use-viewport.ts'
import { edgePath } from '../logic/node-facts.ts'
import { nodeKey } from '../logic/node-key.ts'
import type { PageProps } from '../logic/page-props.ts'
import { nodeParam } from '../logic/page-url.ts'
import { overlaps, visiblePart } from '../logic/viewport.ts'
import { Overview } from './overview.tsx'
import { TreeBoxView } from './tree-box-view.tsx'
import { TreeToolbar } from './tree-toolbar.tsx'

/** Up to this many boxes all are drawn; beyond it only those in sight. */
const drawAll = 400

/** The tree as boxes and lines that can be moved and scaled. */
export function TreeCanvas({ id, state, change, view }: PageProps & { readonly view: TreeView }) {
  const t = useTranslate()
  const canvas = useRef<HTMLDivElement>(null)
  const { layout } = view
  const { viewport, size, handlers, zoomBy, fit, centreOn } = useViewport(canvas, layout)
  const inSight = useMemo(() => {
    const part = visiblePart(viewport, size)
    return layout.boxes.length <= drawAll ? layout.boxes : layout.boxes.filter((box) => overlaps(part, box))
  }, [layout, viewport, size])
  const drawn = useMemo(() => new Set(inSight.map((box) => box.id)), [inSight])
  const onOpen = useCallback((param: string) => change({ node: param, tab: undefined }, 'push'), [change])
  const onRedPath = () => {
    const worst = layout.boxes
      .filter((box) => box.red)
      .reduce<(typeof layout.boxes)[number] | undefined>(
        (deepest, box) => (deepest === undefined || box.depth > deepest.depth ? box : deepest),
        undefined,
      )
    if (worst === undefined) return
    centreOn(worst)
    if (worst.node !== undefined) onOpen(nodeParam(nodeKey(worst.node)))
  }
  const background = {
    backgroundImage: 'radial-gradient(var(--line-strong) 0.8px, transparent 0.8px)',
    backgroundSize: `${16 * viewport.scale}px ${16 * viewport.scale}px`,
    backgroundPosition: `${viewport.x}px ${viewport.y}px`,
  }
  return (
    <>
      <TreeToolbar change={change} onRedPath={onRedPath} state={state} view={view}>
        <IconButton icon="expand" label={t('tree.expandAll')} onClick={view.expandAll} />
        <IconButton icon="collapse" label={t('tree.collapseAll')} onClick={view.collapseAll} />
        <BarDivider />
        <IconButton icon="minus" label={t('tree.zoomOut')} onClick={() => zoomBy(-0.1)} />
        <span className="w-11 text-center text-12 text-text-2 max-sm:hidden">{Math.round(viewport.scale * 100)} %</span>
        <IconButton icon="plus" label={t('tree.zoomIn')} onClick={() => zoomBy(0.1)} />
        <IconButton icon="fit" label={t('tree.fit')} onClick={fit} />
      </TreeToolbar>
      <div
        {...handlers}
        className="relative min-h-0 flex-1 cursor-grab touch-none overflow-hidden bg-sunken active:cursor-grabbing"
        data-testid="resource-tree"
        ref={canvas}
        style={background}
      >
        {layout.boxes.length <= 1 ? (
          <EmptyState
            actions={view.name === '' ? undefined : <Button onClick={() => view.setName('')}>{t('list.clear')}</Button>}
            icon="tree"
            title={t(view.name === '' ? 'tree.empty' : 'tree.noMatch')}
          />
        ) : null}
        <div
          className="absolute top-0 left-0 origin-top-left"
          style={{
            transform: `translate(${viewport.x}px, ${viewport.y}px) scale(${viewport.scale})`,
            width: layout.width,
            height: layout.height,
          }}
        >
          <svg
            aria-hidden="true"
            className="pointer-events-none absolute inset-0 overflow-visible"
            fill="none"
            height={layout.height}
            width={layout.width}
          >
            {[false, true].map((red) =>
              layout.edges
                .filter((edge) => edge.red === red && (drawn.has(edge.from) || drawn.has(edge.to)))
                .map((edge) => (
                  <path
                    className={classNames(red ? 'stroke-degraded-solid' : 'stroke-line-strong')}
                    d={edgePath(edge.points)}
                    key={`${edge.from}>${edge.to}`}
                    strokeWidth={red ? 2 : 1.25}
                  />
                )),
            )}
          </svg>
          {inSight.map((box) => (
            <TreeBoxView
              box={box}
              id={id}
              key={box.id}
              onOpen={onOpen}
              onToggleBranch={view.toggleBranch}
              onToggleGroup={view.toggleGroup}
              selected={state.node}
            />
          ))}
        </div>
        <Overview layout={layout} onGo={centreOn} size={size} viewport={viewport} />
      </div>
    </>
  )
}
